// Reads what Rocket.Chat's webhook, or its app, tells of a room. Lenient: what is not understood is no news.
import { type Fields, readFields, readList, readText } from './read-fields.ts';
import { readToldMessage } from './read-message.ts';
import type { DeskNews, RemoteMessage } from './types.ts';

/** By the webhook's type; others are no news of a room. */
const TYPES: Readonly<Record<string, DeskNews['what']>> = {
  Message: 'said',
  LivechatEdit: 'said',
  LivechatSessionStart: 'said',
  LivechatSessionTaken: 'changed',
  LivechatSessionForwarded: 'changed',
  LivechatSessionQueued: 'changed',
  LivechatSession: 'closed',
};

const MOST_MESSAGES = 10_000;

/** null: no news of a room, with `kind` as the webhook calls it. */
export function readNews(
  body: unknown,
  { botId, isOrdered = false }: { botId: string; isOrdered?: boolean },
): { news: DeskNews | null; kind: string } {
  const raw = readFields(body);
  const kind = readText(raw.type, 60);
  const roomId = readText(raw._id, 64);
  const what = Object.hasOwn(TYPES, kind) ? TYPES[kind] : undefined;
  if (what === undefined || roomId === '') return { news: null, kind };
  const messages = readMessages(raw, botId);
  return { kind, news: { what, roomId, messages, servedBy: readServedBy(raw), isOrdered } };
}

/** What agents wrote, and the closing message, oldest first; the newest of very many. */
function readMessages({ messages }: Fields, botId: string): RemoteMessage[] {
  return sortByTime(
    readList(messages)
      .slice(-MOST_MESSAGES)
      .map(readToldMessage)
      .filter((message) => message !== null)
      .filter((message) => isAgents(message, botId)),
  );
}

export function isAgents({ agentId, isClosing, text }: RemoteMessage, botId: string): boolean {
  if (isClosing) return text !== '';
  return agentId !== null && agentId !== botId;
}

export function sortByTime(messages: readonly RemoteMessage[]): RemoteMessage[] {
  return messages.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function readServedBy({ servedBy, agent }: Fields): string | null {
  return readText(readFields(servedBy)._id, 64) || readText(readFields(agent)._id, 64) || null;
}

export interface ToldEvent {
  id: string;
  seq: number;
  body: unknown;
}

/** Each is a transaction; the app tells those again that are not among the accepted. */
const MOST_EVENTS = 1000;

/** The app's first events, in the order of their numbers; null: no list of events. */
export function readEvents(body: unknown): ToldEvent[] | null {
  const { events } = readFields(body);
  if (!Array.isArray(events)) return null;
  const read = events.map((event) => {
    const { id, seq, type, payload } = readFields(event);
    const known = typeof id === 'string' && id !== '' && id.length <= 200;
    if (!known) return null;
    return { id, seq: typeof seq === 'number' ? seq : 0, body: { ...readFields(payload), type } };
  });
  const known = read.filter((event) => event !== null).toSorted((a, b) => a.seq - b.seq);
  return known.slice(0, MOST_EVENTS);
}
