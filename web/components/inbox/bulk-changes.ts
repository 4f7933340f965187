// What is asked of many conversations, and what takes it back. Pure.
import { canReopen } from '../../../src/contract/channel-kinds.ts';
import type { BulkBody, Conversation } from '../../api/shapes.ts';

export type Changes = BulkBody['changes'];
export type BulkAction = Changes[number]['action'];

/** For those of which it was done, as they were before. */
export function makeUndo(rows: readonly Conversation[], action: BulkAction): Changes {
  if ('close' in action) return each(rows.filter(isReopenable), () => ({ reopen: {} }));
  if ('priority' in action) return each(rows, ({ priority }) => ({ priority }));
  if ('tags' in action) {
    const { add = [], remove = [] } = action.tags;
    const changed = rows.map((row) => ({
      row,
      tags: {
        add: remove.filter((tag) => row.tags.includes(tag)),
        remove: add.filter((tag) => !row.tags.includes(tag)),
      },
    }));
    return changed
      .filter(({ tags }) => tags.add.length + tags.remove.length > 0)
      .map(({ row, tags }) => ({ ids: [row.id], action: { tags } }));
  }
  if ('transfer' in action || 'requeue' in action) {
    return each(rows, ({ agentId }) =>
      agentId === null ? { requeue: {} } : { transfer: { agentId } },
    );
  }
  return [];
}

function isReopenable({ channelKind }: Conversation): boolean {
  return canReopen(channelKind);
}

/** Together what gets the same. */
function each(rows: readonly Conversation[], make: (row: Conversation) => BulkAction): Changes {
  const groups = new Map<string, Changes[number]>();
  for (const row of rows) {
    const action = make(row);
    const key = JSON.stringify(action);
    const group = groups.get(key) ?? { ids: [], action };
    group.ids.push(row.id);
    groups.set(key, group);
  }
  return [...groups.values()];
}
