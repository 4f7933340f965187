// What automations look at in a conversation, whatever its state, and what they were not there for.
import {
  type CostlyFact,
  type PlacingRow,
  placingValues,
  selectForPlacing,
} from './read-for-placing.ts';
import { type Db, query, statement } from './sql.ts';

/** With what names the contact. */
export type ActedOnRow = PlacingRow & { contactExternalId: string };

const read_ = statement<ActedOnRow>(
  'read-for-actions',
  selectForPlacing({ which: 'true', also: `k.external_id as "contactExternalId",` }),
);

/** In no order. */
export function readForActions(
  db: Db,
  args: {
    workspaceId: string;
    conversationIds: readonly string[];
    facts: readonly CostlyFact[];
  },
): Promise<ActedOnRow[]> {
  return query(db, read_, placingValues(args));
}

const countEvents_ = statement<{ conversationId: string; events: number }>(
  'count-starting-events',
  `select e.stream_id as "conversationId", count(*)::integer as events from event e
  where e.workspace_id = $1 and e.stream_id = any ($2::uuid[]) and e.type = any ($3::text[]) group by e.stream_id`,
);

/** How many events of these types each conversation has had; those without any are left out. */
export async function countStartingEvents(
  db: Db,
  args: { workspaceId: string; conversationIds: readonly string[]; types: readonly string[] },
): Promise<Map<string, number>> {
  const rows = await query(db, countEvents_, [args.workspaceId, args.conversationIds, args.types]);
  return new Map(rows.map(({ conversationId, events }) => [conversationId, events]));
}
