// A conversation is over: whoever had it is free for the next one.
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
import type { Desk } from './context.ts';
import { readCloseMeta } from './read-close-meta.ts';

/**
 * The outside system says that the room is resolved. null: nothing was open, it was a repeat, or whose
 * it is must first be asked.
 */
export async function resolveConversation(
  desk: Desk,
  workspaceId: string,
  resolution: Resolution,
): Promise<Closed | null> {
  const resolved = await resolveTogether(desk, workspaceId, resolution);
  if (resolved === null) return null;
  if (resolved.told || resolved.outcome === 'doubt') desk.send(workspaceId);
  if (resolved.outcome === 'doubt') return null;
  desk.wake(workspaceId);
  desk.changed(workspaceId, [{ kind: 'conversation', id: resolved.conversationId }]);
  return resolved;
}

/** Each on its own and in the order given: the second of a room sees what came of the first. */
const resolveTogether = makeGather(
  ({ db }: Pick<Desk, 'db'>, workspaceId: string, resolutions: Resolution[]) =>
    withTx(db, async (tx) => {
      const locked = await lockOpenRooms(tx, workspaceId, resolutions);
      const answers = new Map<Resolution, Resolved>();
      for (const turn of takeTurns(resolutions)) {
        const rows = await closeResolved(tx, workspaceId, {
          resolutions: [...turn.values()],
          locked,
        });
        for (const row of rows) answers.set(turn.get(roomOf(row)) as Resolution, row);
      }
      return resolutions.map((one) => answers.get(one) ?? null);
    }),
);

/** By room: first the first of each, then the second of those that have one, … */
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

/** Our own resolve was answered: by its session, the webhook that it causes is known again. */
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
  /** What the company asks for at the end, by which names and values become items. */
  form?: readonly CloseFormField[];
  /** Who did it, for the event. */
  actor: string;
  /** null: the visitor, an outside system or a rule. */
  acting: Acting | null;
  /** Resolve the room at the outside system too; false when it told us. */
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
  tellClosed(desk, workspaceId, [closed]);
  if (closing.tellRemote) desk.send(workspaceId);
  return closed;
}

const closeTogether = makeGather(
  ({ db }: Pick<Desk, 'db'>, workspaceId: string, closings: Closing[]) =>
    withTx(db, (tx) => closeWithin(tx, workspaceId, closings)),
);

/** Asked for only where there is something to make items of. */
async function readForm(
  { db }: Pick<Desk, 'db'>,
  { workspaceId, meta }: Closing,
): Promise<CloseFormField[]> {
  if (meta === undefined || Array.isArray(meta)) return [];
  const { closeForm = [] } = await readSettingRows(db, workspaceId);
  return closeForm as CloseFormField[];
}

/** Called after the commit of what closeWithin ended. */
export function tellClosed(desk: Desk, workspaceId: string, closed: readonly Closed[]): void {
  if (closed.length === 0) return;
  desk.wake(workspaceId);
  desk.changed(
    workspaceId,
    closed.map(({ conversationId: id }) => ({ kind: 'conversation', id })),
  );
  if (closed.some(({ told }) => told)) desk.send(workspaceId);
}

/** Of several closings of one conversation the first that is allowed takes effect. */
export async function closeWithin(
  tx: Tx,
  workspaceId: string,
  closings: readonly Closing[],
): Promise<(Closed | 'unknown' | 'closed-before' | 'held-by-another')[]> {
  const ids = [...new Set(closings.map(({ conversationId }) => conversationId))];
  const locked = await lockConversations(tx, workspaceId, ids);
  const known = new Map(locked.map((row) => [row.conversationId, row]));
  const first = new Map<string, Closing>();
  for (const one of closings) {
    if (first.has(one.conversationId) || !isAllowed(one, known)) continue;
    first.set(one.conversationId, one);
  }
  const rows = await closeConversations(tx, workspaceId, [...first.values()].map(readEnding));
  const closed = new Map(rows.map((row) => [row.conversationId, row]));
  return closings.map((one) => {
    const before = known.get(one.conversationId);
    if (before === undefined) return 'unknown';
    if (first.get(one.conversationId) === one)
      return closed.get(one.conversationId) ?? 'closed-before';
    return before.state === 'closed' || isAllowed(one, known) ? 'closed-before' : 'held-by-another';
  });
}

/** false: there is none, or it is a colleague's. */
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
