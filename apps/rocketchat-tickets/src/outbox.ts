// What RapidPro and Usher are still to be told, in streams that are sent in order: a stream a ticket
// for RapidPro, a stream a room for Usher.
import type { Means } from './means';
import { getRecord, keepRecord, listRecords } from './records';
import { streamOf, type Ticket } from './ticket';

export interface Entry {
  /** Within the stream; what is told twice under one id is sent once. */
  id: string;
  stream: string;
  target: 'rapidpro' | 'usher';
  /** RapidPro: agent-message or close-room. Usher: the type of the webhook. */
  type: string;
  payload: unknown;
  number: number;
  createdAt: number;
  state: 'waiting' | 'done' | 'failed';
  attempts: number;
  /** Of the last attempt; it may have been taken although no answer came. */
  isUncertain: boolean;
  notBefore: number;
  result: string;
}

type News = Pick<Entry, 'id' | 'stream' | 'target' | 'type' | 'payload'> & { at: number };

const keyOf = ({ stream, id }: Pick<Entry, 'stream' | 'id'>): string => `out:${stream}:${id}`;

/** Keeps it, once, and starts sending. */
export async function tell(means: Means, { at, ...news }: News): Promise<void> {
  const { stream } = news;
  const isNew = await means.inTurn(`out:${stream}`, async () => {
    if ((await getRecord(means, keyOf(news))) !== null) return false;
    await keepEntry(means, {
      ...news,
      number: means.number(stream, at),
      createdAt: means.now(),
      state: 'waiting',
      attempts: 0,
      isUncertain: false,
      notBefore: 0,
      result: '',
    });
    return true;
  });
  if (isNew) means.wake(means, stream);
}

export async function tellCloseRoom(means: Means, ticket: Ticket): Promise<void> {
  const { ticketId, token } = ticket;
  await tell(means, {
    id: 'close-room',
    stream: streamOf(ticket),
    target: 'rapidpro',
    type: 'close-room',
    payload: { type: 'close-room', ticketID: ticketId, visitor: { token } },
    at: means.now(),
  });
}

export async function keepEntry(means: Means, entry: Entry): Promise<void> {
  const { stream, state } = entry;
  const waiting = state === 'waiting' ? ['waiting', `waiting:${stream}`] : [];
  const groups = [`stream:${stream}`, ...waiting];
  await keepRecord(means, { key: keyOf(entry), groups, value: entry });
}

/** In order. */
export async function listWaiting(means: Means, stream: string): Promise<Entry[]> {
  const found = await listRecords<Entry>(means, `waiting:${stream}`);
  return found.sort((one, other) => one.number - other.number);
}

export async function listWaitingStreams(means: Means): Promise<string[]> {
  const found = await listRecords<Entry>(means, 'waiting');
  return [...new Set(found.map(({ stream }) => stream))];
}

/** Everything that was ever told in it and is still kept. */
export function listStream(means: Means, stream: string): Promise<Entry[]> {
  return listRecords<Entry>(means, `stream:${stream}`);
}

export { keyOf as keyOfEntry };
