// Records who reads other people's conversations, once an hour for each, so that the log stays readable.
import { addAuditEntry } from '../store/audit.ts';
import { getConversation } from '../store/conversations.ts';
import { withTx } from '../store/tx.ts';
import type { Desk } from './context.ts';

/** `conversation.listened`: over MQTT, where messages arrive by themselves from then on. */
export type ReadAction = 'conversation.read' | 'conversation.listened' | 'audit.read';

export interface Reader {
  workspaceId: string;
  /** As the audit names them. */
  name: string;
}

export type NoteReads = (
  reader: Reader,
  action: ReadAction,
  objectId: string,
  details?: Record<string, unknown>,
) => Promise<void>;

/** Reading one's own conversation is ordinary work and not recorded. */
export async function noteIfOthers(
  noteRead: NoteReads,
  reader: Reader & { agentId: string | null },
  conversation: { conversationId: string; agentId: string | null },
): Promise<void> {
  const { conversationId, agentId } = conversation;
  if (agentId !== null && agentId === reader.agentId) return;
  await noteRead(reader, 'conversation.read', conversationId);
}

/** For readers of a stream of events: a conversation's events reveal what was said there. */
export async function noteIfOthersStream(
  { desk, noteRead }: { desk: Pick<Desk, 'db'>; noteRead: NoteReads },
  reader: Reader & { agentId: string | null },
  streamId: string,
): Promise<void> {
  const { workspaceId } = reader;
  const conversation = await getConversation(desk.db, { workspaceId, conversationId: streamId });
  if (conversation !== null) await noteIfOthers(noteRead, reader, conversation);
}

const HOUR_MS = 3_600_000;
/** For one reader in an hour; one more entry says that there were more. */
const LISTED = 500;
/** What a node remembers; forgotten entries are recorded once more. */
const REMEMBERED = 20_000;

/** Each node records for itself: the hour begins with the first read there. */
export function makeNoteReads({ db, clock }: Pick<Desk, 'db' | 'clock'>): NoteReads {
  const noted = new Map<string, number>();
  const counts = new Map<string, number>();
  let hour = 0;
  const isNew = (key: string): boolean => {
    if ((noted.get(key) ?? Number.NEGATIVE_INFINITY) > clock.now() - HOUR_MS) return false;
    noted.delete(key);
    const [oldest] = noted.keys();
    if (oldest !== undefined && noted.size >= REMEMBERED) noted.delete(oldest);
    noted.set(key, clock.now());
    return true;
  };
  const count = (who: string): number => {
    const present = Math.floor(clock.now() / HOUR_MS);
    if (present !== hour) counts.clear();
    hour = present;
    const next = (counts.get(who) ?? 0) + 1;
    counts.set(who, next);
    return next;
  };
  return async ({ workspaceId, name }, action, objectId, change = {}) => {
    const who = `${workspaceId} ${name}`;
    if (!isNew(`${who} ${action} ${objectId} ${JSON.stringify(change)}`)) return;
    const place = count(who) - LISTED;
    if (place > 1) return;
    const entry = { workspaceId, actor: name };
    await withTx(db, (tx) =>
      addAuditEntry(
        tx,
        place === 1
          ? { ...entry, action: 'conversation.more-read', objectId: workspaceId, change: {} }
          : { ...entry, action, objectId, change },
      ),
    );
  };
}
