// Makes deliveries due again when no delivery in front of them asks to wait.
import type { Writing } from './effects.ts';
import type { EndpointKey } from './endpoints.ts';
import { query, statement } from './sql.ts';
import type { Tx } from './tx.ts';

// A take that runs meanwhile then does not count, and looks again.
const moveTurn_ = statement<never>(
  'move-delivery-turn',
  `insert into delivery_turn as t (workspace_id, turn) values ($1, 1)
  on conflict (workspace_id) do update set turn = t.turn + 1`,
);

const pullForward_ = statement<never>(
  'pull-deliveries-forward',
  `update delivery set behind_until = null
  where workspace_id = $1 and subscriber_id = $2 and ($3::uuid[] is null or stream_id = any($3))
    and state in ('pending', 'held') and behind_until > statement_timestamp()`,
).needs('send');

/**
 * Called after any change by which an endpoint's delivery that is not being sent asks for an
 * earlier moment, or is out of the way; in the same transaction, under the endpoint's row lock. Two
 * statements, because the second must see everything that was put off before the first.
 */
export async function pullForward(
  tx: Writing<typeof pullForward_, Tx>,
  args: EndpointKey & {
    /** null: in all streams. */
    streamIds: readonly string[] | null;
  },
): Promise<void> {
  const { workspaceId, endpointId, streamIds } = args;
  if (streamIds?.length === 0) return;
  await query(tx, moveTurn_, [workspaceId]);
  await query(tx, pullForward_, [workspaceId, endpointId, streamIds]);
}
