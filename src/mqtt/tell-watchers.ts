// Shows listeners what changed: visitors and agents by their topics, the back office by hints.

import type { Pool } from 'pg';
import { writeMessage, writeOffer, writeSession } from '../channels/webchat/write.ts';
import type { Clock } from '../clock.ts';
import type { Place } from '../contract/place.ts';
import type { Shown, WebConversationFacts, WebMessage } from '../contract/webchat.ts';
import type { Change } from '../desk/change.ts';
import { keepPlaces, type Places } from '../desk/keep-places.ts';
import { type Kept, keepLanes } from '../loops/keep-lanes.ts';
import { type LoopClock, openLane } from '../loops/open-lane.ts';
import { listWebQueuePlaces, readWebConversations } from '../store/web-conversations.ts';
import {
  listLatestWebMessages,
  listWebMessagesAfter,
  readSaidMessages,
} from '../store/web-messages.ts';
import { tellMissed } from './tell-missed.ts';
import { tellState } from './tell-state.ts';
import { assignTopicOf } from './topics.ts';
import type { Hint, Wire } from './wire.ts';

export interface Watchers {
  /** For a waiting conversation, when its visitor returns. */
  placeOf(workspaceId: string, conversationId: string): Promise<Place>;
  /** Best effort, in order within each conversation. */
  changed(workspaceId: string, changes: readonly Change[]): void;
  stop(): Promise<void>;
}

export interface WatcherOptions {
  db: Pool;
  clock: LoopClock & Pick<Clock, 'now'>;
  wire: Wire;
  shown: Shown;
  onError: (error: unknown, what: string) => void;
}

const MOST_AT_ONCE = 256;
const HINTS_EVERY_MS = 100;
/** For a wait that has just begun: in a larger crowd, the next round tells it. */
const MOST_PLACES_AT_ONCE = 10;

export function tellWatchers(options: WatcherOptions): Watchers {
  const lanes = keepLanes((workspaceId) => openTeller(options, workspaceId), options);
  let stopped = false;
  return {
    placeOf: (workspaceId, conversationId) => lanes.of(workspaceId).placeOf(conversationId),
    changed: (workspaceId, changes) => {
      if (stopped || changes.length === 0 || !options.wire.isHeard(workspaceId)) return;
      lanes.of(workspaceId).add(changes);
    },
    stop: async () => {
      stopped = true;
      await lanes.stop();
    },
  };
}

interface Teller extends Kept {
  placeOf(conversationId: string): Promise<Place>;
  add(changes: readonly Change[]): void;
}

function openTeller(options: WatcherOptions, workspaceId: string): Teller {
  const { wire, onError } = options;
  const hints = gatherHints((changed) => wire.hint(workspaceId, changed));
  const { db, clock } = options;
  const places = keepPlaces(
    {
      ...{ db, clock, onError },
      list: (first) => listWebQueuePlaces(db, { workspaceId, first }),
      tell: (now) => tellPlaces(options, { workspaceId, places: now }),
      isHeard: () => wire.isHeard(workspaceId),
    },
    workspaceId,
  );
  let waiting: Change[] = [];
  const lane = openLane({
    work: async () => {
      const batch = waiting.splice(0, MOST_AT_ONCE);
      await tell(options, { workspaceId, batch, places });
      return waiting.length > 0;
    },
    onError: (error) => onError(error, 'telling those who listen failed'),
  });
  return {
    placeOf: places.of,
    add: (changes) => {
      hints.add(changes);
      waiting.push(...changes.filter(({ kind }) => isSeenByVisitors(kind)));
      if (waiting.length > 0) lane.wake();
    },
    isQuiet: () => lane.isQuiet() && hints.isQuiet() && places.isQuiet(),
    stop: async () => {
      waiting = [];
      await Promise.all([hints.stop(), places.stop(), lane.stop()]);
    },
  };
}

function isSeenByVisitors(kind: Change['kind']): boolean {
  return kind === 'conversation' || kind === 'message' || kind === 'read';
}

/** The same thing at most once in this time, however often it changes. */
function gatherHints(send: (changed: Hint[]) => void) {
  const waiting = new Map<string, Hint>();
  const lane = openLane({
    work: async () => {
      send([...waiting.values()]);
      waiting.clear();
    },
    onError: () => {},
  });
  return {
    add: (changes: readonly Change[]) => {
      for (const { kind: said, id, leftTeamId = null } of changes) {
        if (said === 'rights') continue;
        const isWord = said === 'message' || said === 'read';
        const kind = isWord ? 'conversation' : said;
        const known = waiting.get(`${kind} ${id}`);
        const unmoved = isWord && (known?.unmoved ?? true);
        const left = leftTeamId ?? known?.leftTeamId ?? null;
        waiting.set(`${kind} ${id}`, { kind, id, unmoved, leftTeamId: left });
      }
      if (waiting.size > 0) lane.wakeIn(HINTS_EVERY_MS);
    },
    isQuiet: lane.isQuiet,
    stop: lane.stop,
  };
}

async function tell(
  options: WatcherOptions,
  args: { workspaceId: string; batch: Change[]; places: Places },
): Promise<void> {
  const { db } = options;
  const { workspaceId, batch } = args;
  const ids = new Set(batch.flatMap(({ id }) => (id === null ? [] : [id])));
  const found = await readWebConversations(db, { workspaceId, conversationIds: [...ids] });
  if (found.length === 0) return;
  const views = new Map(found.map((view) => [view.conversationId, view]));
  // Messages before the end are shown before the end.
  await tellMessages(options, { workspaceId, batch, views });
  await tellReads(options, { workspaceId, batch, views });
  tellMissed(options.wire, { workspaceId, batch, views });
  await tellStates(options, { ...args, views });
}

type Views = ReadonlyMap<string, WebConversationFacts>;

async function tellMessages(
  { db, wire, shown }: WatcherOptions,
  { workspaceId, batch, views }: { workspaceId: string; batch: Change[]; views: Views },
): Promise<void> {
  const messages = batch.flatMap(({ kind, id, seq }) =>
    kind === 'message' && id !== null && seq !== undefined && views.has(id)
      ? [{ conversationId: id, seq }]
      : [],
  );
  if (messages.length === 0) return;
  for (const row of await readSaidMessages(db, { workspaceId, messages })) {
    const view = views.get(row.conversationId) as WebConversationFacts;
    const sessionInfo = writeSession(view, { shown });
    const message = writeMessage(row, view, shown);
    wire.publish(workspaceId, `${view.sessionTopic}/messages`, { sessionInfo, message }, 1);
  }
}

/** How far back read messages are named one by one; `upToSeq` covers the others. */
const READ_SHOWN = 20;

async function tellReads(
  { db, wire, shown }: WatcherOptions,
  { workspaceId, batch, views }: { workspaceId: string; batch: Change[]; views: Views },
): Promise<void> {
  for (const { kind, id, seq } of batch) {
    const view = kind === 'read' && id !== null ? views.get(id) : undefined;
    if (view === undefined || seq === undefined) continue;
    const { conversationId, sessionTopic } = view;
    const afterSeq = Math.max(0, seq - READ_SHOWN);
    const limit = READ_SHOWN;
    const rows = await listWebMessagesAfter(db, { workspaceId, conversationId, afterSeq, limit });
    const readMessages = rows
      .map((row) => writeMessage(row, view, shown))
      .filter(({ readAt }) => readAt !== null);
    const session = writeSession(view, { shown });
    const payload = { session, readMessages, upToSeq: seq };
    wire.publish(workspaceId, `${sessionTopic}/messages/viewed`, payload, 1);
  }
}

async function tellStates(
  options: WatcherOptions,
  args: { workspaceId: string; batch: Change[]; views: Views; places: Places },
): Promise<void> {
  const { workspaceId, batch, views, places } = args;
  const { wire, shown } = options;
  const moved = new Set(batch.flatMap(({ kind, id }) => (kind === 'conversation' ? [id] : [])));
  const found = [...moved].flatMap((id) => (id === null ? [] : (views.get(id) ?? [])));
  if (found.length > 0) places.moved();
  let crowd = 0;
  for (const view of found) {
    const { conversationId, sessionTopic, agentId, state } = view;
    wire.restrict(workspaceId, sessionTopic, state === 'assigned' ? agentId : null);
    if (state !== 'waiting') await tellSettled(options, { workspaceId, view });
    else if (crowd < MOST_PLACES_AT_ONCE) {
      crowd += 1;
      const place = await places.toTell(conversationId);
      tellState(wire, { workspaceId, view, place, shown });
    }
  }
}

async function tellPlaces(
  { db, wire, shown }: Pick<WatcherOptions, 'db' | 'wire' | 'shown'>,
  { workspaceId, places }: { workspaceId: string; places: ReadonlyMap<string, Place> },
): Promise<void> {
  const conversationIds = [...places.keys()];
  const views = await readWebConversations(db, { workspaceId, conversationIds });
  for (const view of views) {
    const place = places.get(view.conversationId);
    if (view.state === 'waiting' && place !== undefined) {
      tellState(wire, { workspaceId, view, place, shown });
    }
  }
}

/** For a conversation that an agent has, or that has ended. */
async function tellSettled(
  { db, clock, wire, shown }: WatcherOptions,
  { workspaceId, view }: { workspaceId: string; view: WebConversationFacts },
): Promise<void> {
  const { state, confirmed, agentId } = view;
  const isAssigned = state === 'assigned';
  if (isAssigned && agentId !== null) {
    const session = { ...writeSession(view, { shown }), ...writeOffer(view, clock.now()) };
    wire.publish(workspaceId, assignTopicOf(agentId), session, 1);
    // The visitor is told once the agent has accepted.
    if (!confirmed) return;
  }
  const lastMessages = isAssigned ? await readLast(db, { workspaceId, view, shown }) : [];
  tellState(wire, { workspaceId, view, lastMessages, shown });
}

async function readLast(
  db: Pool,
  { workspaceId, view, shown }: { workspaceId: string; view: WebConversationFacts; shown: Shown },
): Promise<WebMessage[]> {
  const { conversationId } = view;
  const page = { workspaceId, conversationId, offset: 0, limit: 20 };
  const rows = await listLatestWebMessages(db, page);
  return rows.reverse().map((row) => writeMessage(row, view, shown));
}
