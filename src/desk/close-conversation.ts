// A conversation is over: whoever had it is free for the next one.
import { cleanJson } from '../contract/clean-text.ts';
import type { CloseMetaItem } from '../contract/events.ts';
import { Refused } from '../errors.ts';
import {
  type Closed,
  closeConversations,
  closeResolved,
  type Ending,
  lockOpenRooms,
  type Resolution,
} from '../store/close-conversations.ts';
import { lockConversations } from '../store/conversations.ts';
import { withTx } from '../store/tx.ts';
import type { Desk } from './context.ts';

/** The outside system says that the room is resolved. null: nothing was open, or it was a repeat. */
export async function resolveConversation(
  desk: Desk,
  workspaceId: string,
  resolution: Resolution,
): Promise<Closed | null> {
  const closed = await desk.gather(
    `resolve ${workspaceId}`,
    resolution,
    async (resolutions: Resolution[]) => {
      const latest = new Map(resolutions.map((one) => [roomOf(one), one]));
      const rows = await withTx(desk.db, async (tx) => {
        const rooms = [...latest.values()];
        const locked = await lockOpenRooms(tx, workspaceId, rooms);
        return closeResolved(tx, workspaceId, { resolutions: rooms, locked });
      });
      const closed = new Map(rows.map((row) => [roomOf(row), row]));
      return resolutions.map((one) =>
        latest.get(roomOf(one)) === one ? (closed.get(roomOf(one)) ?? null) : null,
      );
    },
  );
  if (closed !== null) {
    desk.wake(workspaceId);
    desk.changed(workspaceId, [{ kind: 'conversation', id: closed.conversationId }]);
    if (closed.told) desk.send(workspaceId);
  }
  return closed;
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
  /** Who did it, for the event. */
  actor: string;
  /** Resolve the room at the outside system too; false when it told us. */
  tellRemote: boolean;
}

/** Refuses `conversation.not-found` and `conversation.closed`. */
export async function closeConversation(desk: Desk, closing: Closing): Promise<Closed> {
  const { workspaceId } = closing;
  const conversationId = closing.conversationId.toLowerCase();
  const one = { ...closing, conversationId };
  const closed = await desk.gather(`close ${workspaceId}`, one, (closings: Closing[]) =>
    closeTogether(desk, workspaceId, closings),
  );
  if (closed === 'unknown') throw new Refused('conversation.not-found');
  if (closed === 'closed-before') throw new Refused('conversation.closed');
  desk.wake(workspaceId);
  desk.changed(workspaceId, [{ kind: 'conversation', id: conversationId }]);
  if (closing.tellRemote || closed.told) desk.send(workspaceId);
  return closed;
}

/** Of several closings of one conversation the first takes effect. */
function closeTogether(
  { db }: Pick<Desk, 'db'>,
  workspaceId: string,
  closings: readonly Closing[],
): Promise<(Closed | 'unknown' | 'closed-before')[]> {
  const first = new Map<string, Closing>();
  for (const one of closings)
    if (!first.has(one.conversationId)) first.set(one.conversationId, one);
  return withTx(db, async (tx) => {
    const known = new Set(await lockConversations(tx, workspaceId, [...first.keys()]));
    const endings = [...first.values()].filter(({ conversationId }) => known.has(conversationId));
    const rows = await closeConversations(tx, workspaceId, endings.map(readEnding));
    const closed = new Map(rows.map((row) => [row.conversationId, row]));
    return closings.map((one) => {
      if (!known.has(one.conversationId)) return 'unknown';
      if (first.get(one.conversationId) !== one) return 'closed-before';
      return closed.get(one.conversationId) ?? 'closed-before';
    });
  });
}

function readEnding(closing: Closing): Ending {
  const { conversationId, reason, note, tags, categories, meta, actor, tellRemote } = closing;
  return {
    ...{ conversationId, actor, tellRemote },
    reason: reason ?? 'closed',
    note: note ?? null,
    tags: tags ?? null,
    categories: categories ?? null,
    ...readMeta(meta),
  };
}

/** Names and values are kept on the conversation too; what a form cannot hold is shown as JSON there. */
function readMeta(meta: Closing['meta']): {
  meta: Record<string, unknown> | null;
  closeMeta: readonly CloseMetaItem[] | null;
} {
  if (meta === undefined) return { meta: null, closeMeta: null };
  if (Array.isArray(meta)) return { meta: null, closeMeta: meta };
  // Free in form, so nothing has looked into it yet.
  const values = cleanJson(meta) as Record<string, unknown>;
  const closeMeta = Object.entries(values).map(([name, value]): CloseMetaItem => {
    const text = typeof value === 'string' || value === null ? value : JSON.stringify(value);
    return { type: 'input', name, value: text };
  });
  return { meta: values, closeMeta };
}
