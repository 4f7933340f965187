// Sends what waits in a stream, in order, until it is empty or its first entry has to wait.
import { carryToRapidPro, RAPIDPRO_TIMEOUT_MS } from './carry-to-rapidpro';
import { carryToUsher } from './carry-to-usher';
import { retryDelay } from './judge-answer';
import type { Means } from './means';
import { type Entry, keepEntry, keyOfEntry, listStream, listWaiting } from './outbox';
import { forgetRecord } from './records';
import { readSettings, type Settings } from './settings';
import { getTicket, keepTicket, type Ticket } from './ticket';
import { keyOfUsherRoom } from './usher-events';
import { writeNote } from './write-note';

// Of one request to Usher, whose bodies are bounded as well.
const MAX_EVENTS = 50;
const USHER_GIVES_UP_AFTER_MS = 30 * 86_400_000;

/** Answers when it is worth trying again, or null when nothing waits. */
export async function sendStream(means: Means, stream: string): Promise<number | null> {
  const settings = await readSettings(means.read);
  for (;;) {
    const waiting = await listWaiting(means, stream);
    const [first] = waiting;
    if (first === undefined) return null;
    if (first.notBefore > means.now()) return first.notBefore;
    const until =
      first.target === 'usher'
        ? await sendToUsher(means, settings, waiting.slice(0, MAX_EVENTS))
        : await sendToRapidPro(means, settings, waiting);
    if (until !== null) return until;
  }
}

async function sendToRapidPro(
  means: Means,
  settings: Settings,
  waiting: Entry[],
): Promise<number | null> {
  for (const entry of waiting) {
    const wasUncertain = entry.isUncertain;
    // Kept before it goes out: an engine that ends meanwhile finds that it may have arrived, and
    // asks after it only when whatever was under way has come to its end.
    const tried: Entry = {
      ...entry,
      attempts: entry.attempts + 1,
      isUncertain: true,
      notBefore: means.now() + RAPIDPRO_TIMEOUT_MS,
    };
    await keepEntry(means, tried);
    const carried = await carryToRapidPro(means, settings, { entry: tried, wasUncertain });
    if (carried.verdict === 'retry') {
      const notBefore = means.now() + carried.afterMs;
      const isUncertain = carried.isUncertain ?? false;
      await keepEntry(means, { ...tried, isUncertain, notBefore, result: carried.reason });
      if (entry.attempts === 0) means.log.warn(`${entry.stream}: ${carried.reason}`);
      return notBefore;
    }
    const result = carried.verdict === 'failed' ? carried.reason : 'delivered';
    const over: Entry = { ...tried, state: carried.verdict, isUncertain: false, result };
    await endOf(means, over);
  }
  return null;
}

/**
 * A final failure is told to the agents; the last event of a ticket ends it, and waits until that is
 * noted: an engine that ends in between tells the closing again, which changes nothing.
 */
async function endOf(means: Means, entry: Entry): Promise<void> {
  const ticket = await getTicket(means, entry.stream.slice('ticket:'.length));
  const isEnd = entry.type === 'close-room' && ticket !== null;
  if (!isEnd) await keepEntry(means, entry);
  if (ticket === null) return;
  if (entry.state === 'failed') {
    const { data } = entry.payload as { data?: { text?: string } };
    means.log.error(`${entry.stream}: ${entry.type} was not delivered: ${entry.result}`);
    await writeNote(means, ticket, `Not delivered: ${entry.result}\n${data?.text ?? entry.type}`);
  }
  if (isEnd) await noteTold(means, ticket);
}

/**
 * Nothing follows a closing, so what was sent need not be remembered any more. The closing goes
 * last: while it is there, the rest is not forgotten for good.
 */
async function noteTold(means: Means, { ticketId, token }: Ticket): Promise<void> {
  await means.inTurn(`token:${token}`, async () => {
    const ticket = await getTicket(means, ticketId);
    if (ticket === null) return;
    await keepTicket(means, { ...ticket, isTold: true });
    const sent = await listStream(means, `ticket:${ticketId}`);
    for (const one of sent.sort((first, second) => first.number - second.number)) {
      await forgetRecord(means, keyOfEntry(one));
    }
  });
}

/** Nothing follows a closing. */
async function forgetUsherRoom(means: Means, stream: string): Promise<void> {
  await forgetRecord(means, keyOfUsherRoom(stream.slice('usher:'.length)));
  for (const one of await listStream(means, stream)) {
    if (one.state !== 'waiting') await forgetRecord(means, keyOfEntry(one));
  }
}

async function sendToUsher(
  means: Means,
  settings: Settings,
  entries: Entry[],
): Promise<number | null> {
  const accepted =
    settings.usher === null ? null : await carryToUsher(means, settings.usher, entries);
  let until: number | null = null;
  for (const entry of entries) {
    if (accepted?.has(entry.id)) {
      await keepEntry(means, { ...entry, state: 'done', payload: null, result: 'accepted' });
      if (entry.type === 'LivechatSession') await forgetUsherRoom(means, entry.stream);
      continue;
    }
    const attempts = entry.attempts + 1;
    const isOld = means.now() - entry.createdAt > USHER_GIVES_UP_AFTER_MS;
    const notBefore = means.now() + retryDelay(attempts);
    until ??= isOld ? null : notBefore;
    await keepEntry(means, {
      ...entry,
      attempts,
      notBefore,
      state: isOld ? 'failed' : 'waiting',
      result: accepted === null ? 'no answer' : 'not accepted',
    });
  }
  return until;
}
