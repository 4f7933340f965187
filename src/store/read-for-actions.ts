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

interface Counted {
  conversationId: string;
  author: string | null;
  kind: string | null;
  events: number;
}

const countEvents_ = statement<Counted>(
  'count-starting-events',
  `select e.stream_id as "conversationId", s.author, s.kind, count(*)::integer as events from event e
  cross join lateral (select case when $4 and e.type = 'message.created' then e.data ->> 'authorKind' end as author,
    case when $4 and e.type = 'message.created' then e.data ->> 'kind' end as kind) s
  where e.workspace_id = $1 and e.stream_id = any ($2::uuid[]) and e.type = any ($3::text[])
  group by e.stream_id, s.author, s.kind`,
);

/** So many that are alike to a condition. `message`: null where none was written, or it was not asked for. */
export interface StartingEvents {
  message: { author: string; kind: string } | null;
  events: number;
}

/** How many events of these types each conversation has had; those without any are left out. */
export async function countStartingEvents(
  db: Db,
  args: {
    workspaceId: string;
    conversationIds: readonly string[];
    types: readonly string[];
    /** Apart by who wrote what. */
    byMessage: boolean;
  },
): Promise<Map<string, StartingEvents[]>> {
  const { workspaceId, conversationIds, types, byMessage } = args;
  const rows = await query(db, countEvents_, [workspaceId, conversationIds, types, byMessage]);
  const found = new Map<string, StartingEvents[]>();
  for (const { conversationId, author, kind, events } of rows) {
    const message = author === null || kind === null ? null : { author, kind };
    const before = found.get(conversationId) ?? [];
    found.set(conversationId, [...before, { message, events }]);
  }
  return found;
}
