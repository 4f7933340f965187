// Messages over the web, for visitors' browsers and Chimp Assist's clients (chimp-assist.md §2).

import type { FastifyInstance } from 'fastify';
import { can } from '../../access/can.ts';
import { type Sight, sightOf } from '../../access/sight.ts';
import { UUID } from '../../contract/uuid.ts';
import type { WebConversationFacts } from '../../contract/webchat.ts';
import { noteIfOthers } from '../../desk/note-reads.ts';
import { Refused } from '../../errors.ts';
import { findSeen } from '../../store/sight.ts';
import {
  findWebConversationBySession,
  listWebConversationsOfAgent,
  listWebConversationsOfCustomer,
  readWebConversations,
} from '../../store/web-conversations.ts';
import {
  listLatestWebMessages,
  listWebMessagesAfter,
  listWebMessagesOfCustomer,
} from '../../store/web-messages.ts';
import { getWebSession } from '../../store/web-sessions.ts';
import { readCustomerId } from './read.ts';
import { type Caller, requireCaller } from './webchat-caller.ts';
import type { WebChatMeans } from './webchat-means.ts';
import { writeMessage, writeSession } from './write.ts';

type Query = { offset?: string; limit?: string; afterSeq?: string };

const MOST = 200;
const MOST_SESSIONS = 10;

const HIDDEN = { hide: true };

export async function webChatReads(app: FastifyInstance, means: WebChatMeans): Promise<void> {
  readSessions(app, means);
  readCustomers(app, means);
  readAttendants(app, means);
}

const presenter =
  ({ webChat: { shown } }: WebChatMeans) =>
  (view: WebConversationFacts) =>
    writeSession(view, { shown });

function readSessions(app: FastifyInstance, means: WebChatMeans): void {
  const { webChat } = means;
  const { db } = means.desk;
  const { shown } = webChat;
  const present = presenter(means);
  const presentPlace = async (workspaceId: string, view: WebConversationFacts) => {
    if (view.state !== 'waiting') return present(view);
    const place = await webChat.placeOf(workspaceId, view.conversationId);
    return writeSession(view, { shown, place });
  };
  app.get<{ Params: { id: string } }>(
    '/session/:id',
    { schema: HIDDEN },
    async (request, reply) => {
      const caller = await requireCaller(webChat, request);
      const view = await findForCaller(means, caller, request.params.id);
      const session = view && (await presentPlace(caller.workspaceId, view));
      return reply.type('application/json').send(JSON.stringify(session));
    },
  );
  app.get<{ Params: { sessionId: string }; Querystring: Query }>(
    '/session/:sessionId/messages',
    { schema: HIDDEN },
    async (request) => {
      const caller = await requireCaller(webChat, request);
      const { afterSeq } = request.query;
      const { workspaceId } = caller;
      const page = readPage(request.query, 20);
      const view = await findForCaller(means, caller, request.params.sessionId);
      if (view === null) return [];
      await noteReads(means, caller, [view]);
      const { conversationId } = view;
      const rows =
        afterSeq === undefined
          ? await listLatestWebMessages(db, { workspaceId, conversationId, ...page })
          : await listWebMessagesAfter(db, {
              ...{ workspaceId, conversationId },
              afterSeq: readNumber(afterSeq, 'afterSeq'),
              limit: request.query.limit === undefined ? MOST : page.limit,
            });
      const sessionInfo = present(view);
      return rows.map((row) => ({ sessionInfo, message: writeMessage(row, view, shown) }));
    },
  );
}

function readCustomers(app: FastifyInstance, means: WebChatMeans): void {
  const { webChat } = means;
  const { db } = means.desk;
  const { shown } = webChat;
  const present = presenter(means);
  app.get<{ Params: { customerId: string }; Querystring: Query }>(
    '/customer/:customerId/messages',
    { schema: HIDDEN },
    async (request) => {
      const { customerId } = request.params;
      const caller = refuseStranger(await requireCaller(webChat, request), customerId);
      const { workspaceId } = caller;
      const page = readPage(request.query, 50);
      const seenBy = sightOfCaller(caller);
      const wanted = { workspaceId, customerId, ...page, seenBy, channelId: channelOf(caller) };
      const rows = await listWebMessagesOfCustomer(db, wanted);
      const conversationIds = [...new Set(rows.map((row) => row.conversationId))];
      const views = await readWebConversations(db, { workspaceId, conversationIds });
      await noteReads(means, caller, views);
      return rows.flatMap((row) => {
        const view = views.find(({ conversationId }) => conversationId === row.conversationId);
        if (view === undefined) return [];
        const { sessionTemplate: _, lastMessages: __, ...sessionInfo } = present(view);
        return [{ sessionInfo, message: writeMessage(row, view, shown) }];
      });
    },
  );
  app.get<{ Params: { customerId: string } }>(
    '/customer/:customerId/sessions/last',
    { schema: HIDDEN },
    async (request) => {
      const { customerId } = request.params;
      const caller = refuseStranger(await requireCaller(webChat, request), customerId);
      const { workspaceId } = caller;
      const seenBy = sightOfCaller(caller);
      const channelId = channelOf(caller);
      const page = { workspaceId, customerId, limit: MOST_SESSIONS, seenBy, channelId };
      return (await listWebConversationsOfCustomer(db, page)).map(present);
    },
  );
}

function readAttendants(app: FastifyInstance, means: WebChatMeans): void {
  const { webChat } = means;
  const { db } = means.desk;
  const present = presenter(means);
  app.get<{ Params: { attendantId: string }; Querystring: Query }>(
    '/attendant/:attendantId/sessions',
    { schema: HIDDEN },
    async (request) => {
      const caller = await requireCaller(webChat, request);
      const { attendantId: agentId } = request.params;
      const own = caller.kind === 'agent' && caller.agentId === agentId;
      const may = own || (caller.kind === 'agent' && can(caller, 'conversations.force'));
      if (!may) throw new Refused('session.not-yours');
      if (!UUID.test(agentId)) throw new Refused('agent.not-found');
      const { workspaceId } = caller;
      const seenBy = sightOfCaller(caller);
      const page = { workspaceId, agentId, seenBy, ...readPage(request.query, 50) };
      return (await listWebConversationsOfAgent(db, page)).map(present);
    },
  );
}

/** null: the session has no conversation yet. Refuses `session.not-found` and `session.not-yours`. */
async function findForCaller(
  { desk }: WebChatMeans,
  caller: Caller,
  sessionId: string,
): Promise<WebConversationFacts | null> {
  if (!UUID.test(sessionId)) throw new Refused('session.not-found');
  const { workspaceId } = caller;
  const key = { workspaceId, sessionId };
  const view = await findWebConversationBySession(desk.db, key);
  const whose = view ?? (await getWebSession(desk.db, key));
  if (whose === null) throw new Refused('session.not-found');
  if (caller.kind === 'visitor' && !isOwn(caller, whose)) throw new Refused('session.not-yours');
  if (mayReadOwnOnly(caller) && view?.agentId !== caller.agentId) {
    throw new Refused('session.not-found');
  }
  const agentId = sightOfCaller(caller);
  if (agentId !== null) {
    const ids = view === null ? [] : [view.conversationId];
    const seen = await findSeen(desk.db, 'conversation', { workspaceId, ids, agentId });
    if (seen.length === 0) throw new Refused('session.not-found');
  }
  return view;
}

/**
 * A customer is proved with the key of one channel. The proof opens nothing of other channels,
 * whose keys others may have. null: every channel.
 */
function channelOf(caller: Caller): string | null {
  return caller.kind === 'visitor' ? caller.session.channelId : null;
}

function isOwn(
  { session }: Extract<Caller, { kind: 'visitor' }>,
  { customerId, channelId }: Pick<WebConversationFacts, 'customerId' | 'channelId'>,
): boolean {
  return session.customerId === customerId && session.channelId === channelId;
}

/**
 * For a token with narrower scopes: the conversations of its agent are still the agent's work, as
 * over MQTT.
 */
function mayReadOwnOnly(caller: Caller): caller is Extract<Caller, { kind: 'agent' }> {
  return caller.kind === 'agent' && !can(caller, 'conversations.read');
}

async function noteReads(
  { noteRead }: WebChatMeans,
  caller: Caller,
  views: readonly WebConversationFacts[],
): Promise<void> {
  if (caller.kind === 'visitor') return;
  for (const view of views) await noteIfOthers(noteRead, caller, view);
}

/** A visitor asks for their own messages at another address. */
function sightOfCaller(caller: Caller): Sight {
  return caller.kind === 'visitor' ? null : sightOf(caller);
}

/** A visitor's own history, and only if the company vouches for them. Refuses `session.not-yours` and `role.insufficient`. */
function refuseStranger(caller: Caller, customerId: string): Caller {
  if (readCustomerId(customerId) === null) throw new Refused('contact.not-found');
  if (mayReadOwnOnly(caller)) throw new Refused('role.insufficient');
  const own =
    caller.kind === 'visitor' &&
    caller.session.verified &&
    caller.session.customerId === customerId;
  if (caller.kind === 'visitor' && !own) throw new Refused('session.not-yours');
  return caller;
}

function readPage({ offset = '0', limit }: Query, otherwise: number) {
  const most = limit === undefined ? otherwise : readNumber(limit, 'limit');
  return { offset: readNumber(offset, 'offset'), limit: Math.min(Math.max(most, 1), MOST) };
}

function readNumber(text: string, name: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Refused('request.invalid', `${name} must be a whole number.`);
}
