// Speaks to Rocket.Chat: its agents, its rooms, what is said in them.
import { type Caller, type CallerOptions, makeCaller } from './make-caller.ts';
import { type Fields, readFields, readList, readText } from './read-fields.ts';
import { readHistoryMessage } from './read-message.ts';
import type { Outcome, RemoteAgent, RemoteDepartment, RemoteMessage, RemoteRoom } from './types.ts';

/** Every call is a single attempt: the delivery loop does the retries. */
export interface RocketChatClient {
  /** All who serve. `awayCounts`: they are available while they are away. */
  listAgents(options: { awayCounts: boolean }): Promise<Outcome<RemoteAgent[]>>;
  listOpenRooms(): Promise<Outcome<RemoteRoom[]>>;
  saveVisitor(visitor: {
    token: string;
    name: string | null;
    fields: Record<string, string>;
    /** Where the next room of the visitor is opened; absent: it stays. */
    departmentId?: string;
  }): Promise<Outcome<Fields>>;
  /** The visitor's open room, or a new one: of this agent, or of whom Rocket.Chat's routing chooses. */
  openRoom(args: { token: string; agentId?: string }): Promise<Outcome<RemoteRoom>>;
  listDepartments(): Promise<Outcome<RemoteDepartment[]>>;
  /** Refused as `invalid-room` when it is closed. */
  readRoom(args: { token: string; roomId: string }): Promise<Outcome<RemoteRoom>>;
  /** null: the room waits in no queue. */
  findInquiry(roomId: string): Promise<Outcome<string | null>>;
  takeInquiry(args: { inquiryId: string; agentId: string }): Promise<Outcome<Fields>>;
  forward(args: { roomId: string; agentId: string; comment: string }): Promise<Outcome<Fields>>;
  say(args: { token: string; roomId: string; id: string; text: string }): Promise<Outcome<Fields>>;
  /** Whether a message of that id is in the room. */
  hasMessage(args: { token: string; roomId: string; id: string }): Promise<Outcome<boolean>>;
  upload(args: {
    token: string;
    roomId: string;
    file: { name: string; type: string; bytes: Buffer };
  }): Promise<Outcome<Fields>>;
  /** Newest first. `raw`: as Rocket.Chat wrote it. */
  readHistory(args: {
    token: string;
    roomId: string;
    limit: number;
    offset: number;
  }): Promise<Outcome<{ message: RemoteMessage; raw: Fields }[]>>;
  closeByVisitor(args: { token: string; roomId: string }): Promise<Outcome<Fields>>;
  /** Some servers close nothing without a comment. */
  closeByUser(args: { roomId: string; comment: string }): Promise<Outcome<Fields>>;
  download: Caller['download'];
  /** Rocket.Chat calls its webhook now; refused when that does not answer 200. */
  testWebhook(): Promise<Outcome<Fields>>;
  /** What the check of the set-up reads; `path` is below `/api/v1/`. */
  get(path: string, query?: Record<string, string>): Promise<Outcome<Fields>>;
}

export function makeRocketChatClient(options: CallerOptions): RocketChatClient {
  const { call, download } = makeCaller(options);
  const get = (path: string, query: Record<string, string> = {}, auth = true) =>
    call({ method: 'GET', path, query, auth });
  const post = (path: string, body: object, auth: boolean) =>
    call({ method: 'POST', path, body, auth });
  return {
    download,
    get,
    testWebhook: () => post('livechat/webhook.test', {}, true),
    listAgents: async ({ awayCounts }) => {
      const users = await readPages(get, 'livechat/users/agent', 'users', {});
      if (!users.ok) return users;
      const agents = users.value.map((raw) => readAgent(raw, awayCounts));
      return { ok: true, value: agents.filter((agent) => agent !== null) };
    },
    listOpenRooms: async () => {
      const rooms = await readPages(get, 'livechat/rooms', 'rooms', { open: 'true' });
      if (!rooms.ok) return rooms;
      return { ok: true, value: rooms.value.map(readRoom).filter((room) => room !== null) };
    },
    listDepartments: async () => {
      const rows = await readPages(get, 'livechat/department', 'departments', {});
      if (!rows.ok) return rows;
      return { ok: true, value: rows.value.map(readDepartment).filter((one) => one !== null) };
    },
    saveVisitor: ({ token, name, fields, departmentId: department }) => {
      const customFields = Object.entries(fields).map(([key, value]) => ({
        ...{ key, value, overwrite: true },
      }));
      const given = { ...(name !== null && { name }), ...(department && { department }) };
      const visitor = { token, ...given, customFields };
      return post('livechat/visitor', { visitor }, false);
    },
    openRoom: async (args) => theRoom(await get('livechat/room', args, false)),
    readRoom: async ({ token, roomId: rid }) =>
      theRoom(await get('livechat/room', { token, rid }, false)),
    findInquiry: async (roomId) => {
      const found = await get('livechat/inquiries.getOne', { roomId });
      if (!found.ok) return found;
      return { ok: true, value: readText(readFields(found.value.inquiry)._id, 64) || null };
    },
    takeInquiry: ({ inquiryId, agentId: userId }) =>
      post('livechat/inquiries.take', { inquiryId, userId }, true),
    forward: ({ roomId, agentId: userId, comment }) =>
      post('livechat/room.forward', { roomId, userId, comment }, true),
    say: ({ token, roomId: rid, id: _id, text: msg }) =>
      post('livechat/message', { token, rid, _id, msg }, false),
    hasMessage: async ({ token, roomId: rid, id }) => {
      const found = await get(`livechat/message/${encodeURIComponent(id)}`, { token, rid }, false);
      if (found.ok) return { ok: true, value: true };
      return found.failure.kind === 'refused' ? { ok: true, value: false } : found;
    },
    upload: (args) => uploadFile(call, args),
    readHistory: (args) => readHistory(get, args),
    closeByVisitor: ({ token, roomId: rid }) => post('livechat/room.close', { token, rid }, false),
    closeByUser: ({ roomId: rid, comment }) =>
      post('livechat/room.closeByUser', { rid, comment: comment || 'Usher' }, true),
  };
}

type Get = (
  path: string,
  query?: Record<string, string>,
  auth?: boolean,
) => Promise<Outcome<Fields>>;

function uploadFile(
  call: Caller['call'],
  { token, roomId, file }: Parameters<RocketChatClient['upload']>[0],
): Promise<Outcome<Fields>> {
  const body = new FormData();
  body.append('file', new Blob([new Uint8Array(file.bytes)], { type: file.type }), file.name);
  const path = `livechat/upload/${encodeURIComponent(roomId)}`;
  return call({ method: 'POST', path, body, auth: false, headers: { 'x-visitor-token': token } });
}

async function readHistory(
  get: Get,
  { token, roomId, limit, offset }: Parameters<RocketChatClient['readHistory']>[0],
): ReturnType<RocketChatClient['readHistory']> {
  const path = `livechat/messages.history/${encodeURIComponent(roomId)}`;
  const query = { token, limit: String(limit), offset: String(offset) };
  const history = await get(path, query, false);
  if (!history.ok) return history;
  const read = readList(history.value.messages).map((raw) => {
    const message = readHistoryMessage(raw);
    return message === null ? null : { message, raw: readFields(raw) };
  });
  return { ok: true, value: read.filter((one) => one !== null) };
}

const PAGE = 100;
const MOST_PAGES = 50;

async function readPages(
  get: Get,
  path: string,
  list: string,
  query: Record<string, string>,
): Promise<Outcome<Fields[]>> {
  const found = new Map<unknown, Fields>();
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await get(path, {
      ...query,
      count: String(PAGE),
      offset: String(page * PAGE),
    });
    if (!answer.ok) return answer;
    const rows = readList(answer.value[list]).map(readFields);
    for (const row of rows) found.set(row._id, row);
    if (rows.length < PAGE) break;
  }
  return { ok: true, value: [...found.values()] };
}

function theRoom(answer: Outcome<Fields>): Outcome<RemoteRoom> {
  if (!answer.ok) return answer;
  const room = readRoom(readFields(answer.value.room));
  if (room !== null) return { ok: true, value: room };
  const failure = { kind: 'unknown', status: 200, error: 'no-room', retryAfterMs: null } as const;
  return { ok: false, failure: { ...failure, text: 'Rocket.Chat answered without a room' } };
}

function readRoom(raw: Fields): RemoteRoom | null {
  const roomId = readText(raw._id, 64);
  if (roomId === '') return null;
  const servedBy = readText(readFields(raw.servedBy)._id, 64) || null;
  return { roomId, servedBy, isOpen: raw.open === true };
}

function readDepartment(raw: Fields): RemoteDepartment | null {
  const departmentId = readText(raw._id, 64);
  if (departmentId === '') return null;
  const name = readText(raw.name, 255).trim() || departmentId;
  const members = typeof raw.numAgents === 'number' ? raw.numAgents : null;
  return { departmentId, name, isEnabled: raw.enabled !== false, members };
}

function readAgent(raw: Fields, awayCounts: boolean): RemoteAgent | null {
  const externalId = readText(raw._id, 64);
  const username = readText(raw.username, 255);
  if (externalId === '') return null;
  const { status, statusLivechat } = raw;
  const isThere = status === 'online' || (awayCounts && (status === 'away' || status === 'busy'));
  const address = readText(readFields(readList(raw.emails)[0]).address, 255);
  return {
    ...{ externalId, username, email: address || null },
    name: readText(raw.name, 255).trim() || username || externalId,
    isAvailable: statusLivechat === 'available' && isThere,
  };
}
