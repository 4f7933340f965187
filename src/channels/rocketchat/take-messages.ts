// Takes agents' messages of a room with their files, some at a time.
import type { MessageAttachment } from '../../contract/events.ts';
import { keepAttachment } from '../../desk/keep-attachment.ts';
import { readFiles } from '../../desk/read-files.ts';
import { type DeskMessage, takeDeskMessages } from '../../desk/take-desk-messages.ts';
import { listKnownDeskMessages } from '../../store/desk-messages.ts';
import { type DeskRoom, findAgentsThere } from '../../store/desk-rooms.ts';
import type { MirrorMeans } from './mirror-means.ts';
import type { MirrorFailure } from './read-failure.ts';
import type { Outcome, RemoteFile, RemoteMessage } from './types.ts';

const AT_A_TIME = 300;
const FILES_AT_A_TIME = 10;
export const MOST_FILE_BYTES = 25 * 1024 * 1024;

/**
 * Those that are new or were edited since, in the order given. `more`: there are others. Where a
 * file cannot be had now, what was said before it is taken; where it never can, it is named instead.
 */
export async function takeMessages(
  means: MirrorMeans,
  room: DeskRoom,
  messages: readonly RemoteMessage[],
): Promise<Outcome<'all' | 'more'>> {
  const { db } = means.desk;
  const externalIds = messages.map(({ id }) => id);
  const known = await listKnownDeskMessages(db, { ...room, externalIds });
  const fresh = messages.filter(({ id, editedAt }) => {
    const before = known.get(id);
    if (before === undefined) return true;
    return editedAt !== null && (before.editedAt?.getTime() ?? 0) < Date.parse(editedAt);
  });
  const some = portion(fresh);
  const agentIds = some.flatMap(({ agentId }) => (agentId === null ? [] : [agentId]));
  const agents = await findAgentsThere(db, { ...room, externalIds: [...new Set(agentIds)] });
  const taken: DeskMessage[] = [];
  const patience = makePatience(means, room);
  for (const message of some) {
    const files = known.has(message.id) ? [] : message.files;
    const attachments = await takeFiles(means, room, { files, patience });
    if (!attachments.ok) {
      await takeDeskMessages(means.desk, room, taken);
      return attachments;
    }
    taken.push({
      externalId: message.id,
      agentId: agents.get(message.agentId ?? '')?.agentId ?? null,
      kind: message.isClosing ? 'note' : 'text',
      text: [message.text, ...attachments.value.lost].filter(Boolean).join('\n'),
      attachments: attachments.value.kept,
      saidAt: new Date(message.at),
      editedAt: message.editedAt === null ? null : new Date(message.editedAt),
    });
  }
  await takeDeskMessages(means.desk, room, taken);
  return { ok: true, value: some.length < fresh.length ? 'more' : 'all' };
}

function portion(messages: readonly RemoteMessage[]): RemoteMessage[] {
  const some: RemoteMessage[] = [];
  let files = 0;
  for (const message of messages.slice(0, AT_A_TIME)) {
    files += message.files.length;
    if (some.length > 0 && files > FILES_AT_A_TIME) break;
    some.push(message);
  }
  return some;
}

/** Who says of a file that failed whether it is named instead. */
interface Patience {
  isOver(url: string, failure: MirrorFailure): boolean;
  had(url: string): void;
}

/** Where one file is given up, those that fail after it are too: each alone would take its time. */
function makePatience({ fileTries }: MirrorMeans, { deskRoomId }: DeskRoom): Patience {
  let isGivenUp = false;
  const nameOf = (url: string) => `${deskRoomId} ${url}`;
  return {
    isOver(url, { kind }) {
      if (kind === 'refused') return true;
      // Waiting for Rocket.Chat's own limit is no failure of the file.
      if (kind === 'limited') return false;
      isGivenUp = fileTries.fail(nameOf(url)) || isGivenUp;
      return isGivenUp;
    },
    had: (url) => fileTries.forget(nameOf(url)),
  };
}

/** A file that cannot be had is named instead, so that nothing is lost without a word. */
async function takeFiles(
  { desk, client, channel }: MirrorMeans,
  { workspaceId, visitorToken: token, roomId }: DeskRoom,
  { files, patience }: { files: readonly RemoteFile[]; patience: Patience },
): Promise<Outcome<{ kept: MessageAttachment[]; lost: string[] }>> {
  const kept: MessageAttachment[] = [];
  const lost: string[] = [];
  // A room that is not made yet has said nothing.
  if (roomId === null) return { ok: true, value: { kept, lost } };
  for (const { url, name, type: contentType } of files) {
    const fetched = await client.download({ url, token, roomId, most: MOST_FILE_BYTES });
    if (!fetched.ok && !patience.isOver(url, fetched.failure)) return fetched;
    if (!fetched.ok) {
      lost.push(`[${name}: ${fetched.failure.text}]`);
      continue;
    }
    patience.had(url);
    const content = fetched.value.bytes;
    const createdBy = `channel:${channel.channelId}`;
    const file = { workspaceId, fileName: name, contentType, content, createdBy };
    const id = await keepAttachment(desk, file, MOST_FILE_BYTES);
    kept.push(...(await readFiles(desk.db, { workspaceId, ids: [id] })));
  }
  return { ok: true, value: { kept, lost } };
}
