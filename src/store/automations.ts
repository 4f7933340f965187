// What happens by itself: the automations of a workspace, and the subscriber that is told the events they wait for.
import type { Action } from '../contract/actions.ts';
import type { Condition } from '../contract/policy/rule-fields.ts';
import type { Writing } from './effects.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';

export interface AutomationRow {
  automationId: string;
  name: string;
  position: number;
  /** null: it is switched on. */
  disabledReason: 'paused' | 'failing' | null;
  events: string[];
  /** null: always. */
  condition: Condition | null;
  actions: Action[];
  failures: number;
  lastRunAt: Date | null;
}

export interface AutomationKey {
  workspaceId: string;
  automationId: string;
}

const columns = `automation_id as "automationId", name, position, disabled_reason as "disabledReason", events, condition,
  actions, failures, last_run_at as "lastRunAt"`;
const inOrder = 'order by position, automation_id';

const list_ = statement<AutomationRow>(
  'list-automations',
  `select ${columns} from automation where workspace_id = $1 ${inOrder}`,
);

/** In the order in which they act. */
export function listAutomations(db: Db, workspaceId: string): Promise<AutomationRow[]> {
  return query(db, list_, [workspaceId]);
}

const listFor_ = statement<AutomationRow>(
  'list-automations-for',
  `select ${columns} from automation
  where workspace_id = $1 and disabled_reason is null and $2 = any (events) and enabled_at <= $3 ${inOrder}`,
);

/** Those that waited for such an event when it happened, and are switched on now. */
export function listAutomationsFor(
  db: Db,
  { workspaceId, event, at }: { workspaceId: string; event: string; at: Date },
): Promise<AutomationRow[]> {
  return query(db, listFor_, [workspaceId, event, at]);
}

const get_ = statement<AutomationRow>(
  'get-automation',
  `select ${columns} from automation where workspace_id = $1 and automation_id = $2`,
);

export function getAutomation(db: Db, key: AutomationKey): Promise<AutomationRow | null> {
  return queryOne(db, get_, [key.workspaceId, key.automationId]);
}

// One change of a workspace's automations at a time: together they say what the runner waits for.
const lockRunner_ = statement<{ endpointId: string }>(
  'lock-automation-runner',
  `insert into endpoint (workspace_id, endpoint_id, url, runs_automations)
  values ($1, gen_random_uuid(), '', true)
  on conflict (workspace_id) where runs_automations do update set url = '' returning endpoint_id as "endpointId"`,
).needs('endpoint');

/** Makes it where there is none. Locked until the transaction ends. Answers its id among the endpoints. */
export async function lockRunner(
  tx: Writing<typeof lockRunner_, Tx>,
  workspaceId: string,
): Promise<string> {
  const row = await queryOne(tx, lockRunner_, [workspaceId]);
  if (row === null) throw new Error('The runner of automations was not made.');
  return row.endpointId;
}

const put_ = statement<never>(
  'put-automation',
  `insert into automation as a (workspace_id, automation_id, name, position, disabled_reason, events, condition, actions)
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict (workspace_id, automation_id) do update set name = excluded.name, position = excluded.position,
    disabled_reason = excluded.disabled_reason, events = excluded.events, condition = excluded.condition,
    actions = excluded.actions,
    enabled_at = case when excluded.disabled_reason is null and a.disabled_reason is not null then clock_timestamp() else a.enabled_at end,
    failures = case when excluded.disabled_reason is null and a.disabled_reason is not null then 0 else a.failures end`,
);

/** Inserts it, or replaces all of it. One that is switched on again starts with a clean record. */
export async function putAutomation(
  tx: Tx,
  { workspaceId, ...row }: AutomationRow & { workspaceId: string },
): Promise<void> {
  const { automationId, name, position, disabledReason, events, condition, actions } = row;
  const said = [condition === null ? null : JSON.stringify(condition), JSON.stringify(actions)];
  const values = [workspaceId, automationId, name, position, disabledReason, events, ...said];
  await query(tx, put_, values);
}

const delete_ = statement<{ name: string }>(
  'delete-automation',
  'delete from automation where workspace_id = $1 and automation_id = $2 returning name',
);

/** With the log of what it did. null: there is none. */
export function deleteAutomation(tx: Tx, key: AutomationKey): Promise<{ name: string } | null> {
  return queryOne(tx, delete_, [key.workspaceId, key.automationId]);
}

const begin_ = statement<{ deliveryId: number }>(
  'begin-automation-run',
  `update delivery set payload = payload || '{"ran": true}'
  where workspace_id = $1 and delivery_id = $2 and not payload ? 'ran' returning delivery_id as "deliveryId"`,
);

/** In the transaction of what follows from it. false: a transaction that was committed has done it. */
export async function beginRun(
  tx: Tx,
  key: { workspaceId: string; deliveryId: number },
): Promise<boolean> {
  return (await queryOne(tx, begin_, [key.workspaceId, key.deliveryId])) !== null;
}

const noteOutcome_ = statement<{ failures: number; seq: number }>(
  'note-automation-outcome',
  `update automation set failures = case when $3 then failures + 1 else 0 end, last_run_at = clock_timestamp(),
    disabled_reason = case when $3 and failures + 1 >= $4 then 'failing' else disabled_reason end,
    event_seq = event_seq + case when $3 and failures + 1 >= $4 then 1 else 0 end
  where workspace_id = $1 and automation_id = $2 returning failures, event_seq as seq`,
);

/** null: it was removed. The one refusal too many switches it off; `seq` is of the event that tells of it. */
export function noteAutomationOutcome(
  tx: Tx,
  { workspaceId, automationId, ...noted }: AutomationKey & { refused: boolean; most: number },
): Promise<{ failures: number; seq: number } | null> {
  return queryOne(tx, noteOutcome_, [workspaceId, automationId, noted.refused, noted.most]);
}
