// A conversation is closed, and its agent is free for the next one.
import { type Acting, mayActIn } from '../access/acting.ts';
import type { CloseMetaItem } from '../contract/events.ts';
import type { CloseFormField } from '../contract/settings.ts';
import { Refused } from '../errors.ts';
import {
  type Closed,
  closeConversations,
  closeResolved,
  type Ending,
  lockOpenRooms,
  noteResolvedThere,
  type Resolution,
  type Resolved,
} from '../store/close-conversations.ts';
import { type HeldConversation, lockConversations } from '../store/conversations.ts';
import { makeGather } from '../store/gather.ts';
import { readSettingRows } from '../store/settings.ts';
import { type Tx, withTx } from '../store/tx.ts';
import { type After, commit } from './commit.ts';
import type { Desk } from './context.ts';
import { readCloseMeta } from './read-close-meta.ts';

/**
 * The outside system says that the room is resolved. null: nothing was open, it was a repeat, or
 * the outside system must first be asked which session it means.
 */
export async function resolveConversation(
  desk: Desk,
  workspaceId: string,
  resolution: Resolution,
): Promise<Closed | null> {
  const resolved = await resolveTogether(desk, workspaceId, resolution);
  return resolved?.outcome === 'closed' ? resolved : null;
}

/**
 * Each on its own and in the order given: the second resolve of a room sees the outcome of the
 * first.
 */
const resolveTogether = makeGather((desk: Desk, workspaceId: string, resolutions: Resolution[]) =>
  commit(desk, workspaceId, async (tx, after) => {
    const locked = await lockOpenRooms(tx, workspaceId, resolutions);
    const answers = new Map<Resolution, Resolved>();
    const all = () => [...answers.values()];
    const ended = () => all().filter(({ outcome }) => outcome === 'closed');
    const writing = after({
      wake: () => ended().length > 0,
      send: () => all().some(({ told, outcome }) => told || outcome === 'doubt'),
      conversation: () => idsOf(ended()),
      gathered: () => resolutions.map((one) => answers.get(one)?.conversationId ?? null),
    });
    for (const turn of takeTurns(resolutions)) {
      const rows = await closeResolved(writing, workspaceId, {
        resolutions: [...turn.values()],
        locked,
      });
      for (const row of rows) answers.set(turn.get(roomOf(row)) as Resolution, row);
    }
    return resolutions.map((one) => answers.get(one) ?? null);
  }),
);

/** By room: first the first resolve of each room, then the second of those that have one, … */
function takeTurns(resolutions: readonly Resolution[]): Map<string, Resolution>[] {
  const turns: Map<string, Resolution>[] = [];
  const counts = new Map<string, number>();
  for (const one of resolutions) {
    const room = roomOf(one);
    const turn = counts.get(room) ?? 0;
    counts.set(room, turn + 1);
    turns[turn] ??= new Map();
    turns[turn].set(room, one);
  }
  return turns;
}

function idsOf(rows: readonly { conversationId: string }[]): string[] {
  return rows.map(({ conversationId }) => conversationId);
}

/**
 * The outside system answered our own resolve. Its session lets us recognise the webhook that it
 * causes.
 */
export async function noteResolvedElsewhere(
  { db }: Pick<Desk, 'db'>,
  args: { workspaceId: string; conversationId: string; sessionId: number | null },
): Promise<void> {
  await withTx(db, (tx) => noteResolvedThere(tx, args));
}

function roomOf({ channelId, externalId }: { channelId: string; externalId: string }): string {
  return `${channelId} ${externalId}`;
}

export interface Closing {
  workspaceId: string;
  conversationId: string;
  reason?: string | undefined;
  note?: string | undefined;
  tags?: string[] | undefined;
  categories?: string[] | undefined;
  /** The items of a form, or simply names and values. */
  meta?: readonly CloseMetaItem[] | Record<string, unknown> | undefined;
  /** The items that the company asks for at the end; they turn names and values into items. */
  form?: readonly CloseFormField[];
  /** Who closed it, for the event. */
  actor: string;
  /** null: the visitor, an outside system or a rule. */
  acting: Acting | null;
  /** Whether to resolve the room at the outside system too; false when it told us. */
  tellRemote: boolean;
}

/** Refuses `conversation.not-found`, `conversation.held-by-another` and `conversation.closed`. */
export async function closeConversation(desk: Desk, closing: Closing): Promise<Closed> {
  const { workspaceId } = closing;
  const conversationId = closing.conversationId.toLowerCase();
  const one = { ...closing, conversationId, form: await readForm(desk, closing) };
  const closed = await closeTogether(desk, workspaceId, one);
  if (closed === 'unknown') throw new Refused('conversation.not-found');
  if (closed === 'closed-before') throw new Refused('conversation.closed');
  if (closed === 'held-by-another') throw new Refused('conversation.held-by-another');
  return closed;
}

const closeTogether = makeGather((desk: Desk, workspaceId: string, closings: Closing[]) =>
  commit(desk, workspaceId, (tx, after) => closeWithin(tx, after, { workspaceId, closings })),
);

/** Read only where there are names and values to make items of. */
async function readForm(
  { db }: Pick<Desk, 'db'>,
  { workspaceId, meta }: Closing,
): Promise<CloseFormField[]> {
  if (meta === undefined || Array.isArray(meta)) return [];
  const { closeForm = [] } = await readSettingRows(db, workspaceId);
  return closeForm as CloseFormField[];
}

/** Of several closings of one conversation the first that is allowed takes effect. */
export async function closeWithin(
  tx: Tx,
  after: After<Tx>,
  { workspaceId, closings }: { workspaceId: string; closings: readonly Closing[] },
): Promise<(Closed | 'unknown' | 'closed-before' | 'held-by-another')[]> {
  const ids = [...new Set(closings.map(({ conversationId }) => conversationId))];
  const locked = await lockConversations(tx, workspaceId, ids);
  const known = new Map(locked.map((row) => [row.conversationId, row]));
  const first = new Map<string, Closing>();
  for (const one of closings) {
    if (first.has(one.conversationId) || !isAllowed(one, known)) continue;
    first.set(one.conversationId, one);
  }
  const rows: Closed[] = [];
  const tellsRemote = closings.some(({ tellRemote }) => tellRemote);
  const writing = after({
    wake: () => rows.length > 0,
    send: () => rows.some(({ told }) => told || tellsRemote),
    conversation: () => idsOf(rows),
    gathered: () =>
      closings.map((one) => (first.get(one.conversationId) === one ? one.conversationId : null)),
  });
  rows.push(
    ...(await closeConversations(writing, workspaceId, [...first.values()].map(readEnding))),
  );
  const closed = new Map(rows.map((row) => [row.conversationId, row]));
  return closings.map((one) => {
    const before = known.get(one.conversationId);
    if (before === undefined) return 'unknown';
    if (first.get(one.conversationId) === one)
      return closed.get(one.conversationId) ?? 'closed-before';
    return before.state === 'closed' || isAllowed(one, known) ? 'closed-before' : 'held-by-another';
  });
}

/** false: there is none, or a colleague has it. */
function isAllowed(
  { conversationId, acting }: Closing,
  known: ReadonlyMap<string, HeldConversation>,
): boolean {
  const row = known.get(conversationId);
  return row !== undefined && (acting === null || mayActIn(acting, row.agentId));
}

function readEnding(closing: Closing): Ending {
  const {
    conversationId,
    reason,
    note,
    tags,
    categories,
    meta,
    actor,
    tellRemote,
    form = [],
  } = closing;
  return {
    ...{ conversationId, actor, tellRemote },
    reason: reason ?? 'closed',
    note: note ?? null,
    tags: tags ?? null,
    categories: categories ?? null,
    ...readCloseMeta(meta, form),
  };
}
