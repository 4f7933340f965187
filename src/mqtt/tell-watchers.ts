// Shows those who listen what changed: visitors and agents by their topics, the back office by hints.
import type { Pool } from 'pg';
import { type Place, writeMessage, writeSession } from '../channels/webchat/write.ts';
import type { Shown, WebConversationFacts, WebMessage } from '../contract/webchat.ts';
import type { Change } from '../desk/context.ts';
import { readWebConversations } from '../store/web-conversations.ts';
import {
  listLatestWebMessages,
  listWebMessagesAfter,
  readSaidMessages,
} from '../store/web-messages.ts';
import { keepLanes, type Lane as QuietLane } from './keep-lanes.ts';
import { keepPlaces, type Places } from './keep-places.ts';
import { tellState } from './tell-state.ts';
import { assignTopicOf } from './topics.ts';
import type { Hint, Wire } from './wire.ts';

export interface Watchers {
  /** Of one that waits, for whoever comes back to it. */
  placeOf(workspaceId: string, conversationId: string): Promise<Place>;
  /** Best effort, in order of each conversation. */
  changed(workspaceId: string, changes: readonly Change[]): void;
  stop(): Promise<void>;
}

export interface WatcherOptions {
  db: Pool;
  wire: Wire;
  shown: Shown;
  onError: (error: unknown, what: string) => void;
}

const MOST_AT_ONCE = 256;
const HINTS_EVERY_MS = 100;
/** Of a wait that has just begun: those of a larger crowd are told with the next round. */
const MOST_PLACES_AT_ONCE = 10;

export function tellWatchers(options: WatcherOptions): Watchers {
  const lanes = keepLanes((workspaceId) => openLane(options, workspaceId));
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

interface Lane extends QuietLane {
  placeOf(conversationId: string): Promise<Place>;
  add(changes: readonly Change[]): void;
}

function openLane(options: WatcherOptions, workspaceId: string): Lane {
  const { wire, onError } = options;
  const hints = gatherHints((changed) => wire.hint(workspaceId, changed));
  const places = keepPlaces(options, workspaceId);
  let waiting: Change[] = [];
  let running: Promise<void> | null = null;
  const run = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, MOST_AT_ONCE);
      await tell(options, { workspaceId, batch, places }).catch((error: unknown) =>
        onError(error, 'telling those who listen failed'),
      );
    }
    running = null;
  };
  return {
    placeOf: places.of,
    add: (changes) => {
      hints.add(changes);
      waiting.push(...changes.filter(({ kind }) => isSeenByVisitors(kind)));
      if (waiting.length > 0) running ??= run();
    },
    isQuiet: () => running === null && hints.isQuiet() && places.isQuiet(),
    stop: async () => {
      waiting = [];
      hints.stop();
      await places.stop();
      await running;
    },
  };
}

function isSeenByVisitors(kind: Change['kind']): boolean {
  return kind === 'conversation' || kind === 'message' || kind === 'read';
}

/** The same thing once in a while, however often it changes. */
function gatherHints(send: (changed: Hint[]) => void) {
  const waiting = new Map<string, Hint>();
  let timer: NodeJS.Timeout | undefined;
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
      if (waiting.size === 0) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        send([...waiting.values()]);
        waiting.clear();
      }, HINTS_EVERY_MS);
    },
    isQuiet: () => timer === undefined,
    stop: () => clearTimeout(timer),
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
  // What was said before the end is shown before the end.
  await tellMessages(options, { workspaceId, batch, views });
  await tellReads(options, { workspaceId, batch, views });
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
      const place = await places.of(conversationId);
      tellState(wire, { workspaceId, view, place, shown });
    }
  }
}

/** Of one that an agent has, or that is over. */
async function tellSettled(
  { db, wire, shown }: WatcherOptions,
  { workspaceId, view }: { workspaceId: string; view: WebConversationFacts },
): Promise<void> {
  const { state, confirmed, agentId } = view;
  const isAssigned = state === 'assigned';
  if (isAssigned && agentId !== null) {
    const session = writeSession(view, { shown });
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
