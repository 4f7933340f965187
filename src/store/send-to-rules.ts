// Puts conversations where no pass gives them away until the rules have been asked, or a verb has ended them.
import type { Writing } from './effects.ts';
import { query, statement } from './sql.ts';
import type { Tx } from './tx.ts';

/**
 * The group of those that wait for the rules to be asked. It sorts after every group of needs, which
 * begins with the id of a channel or, where only one agent may be given it, with ~ and the agent's
 * (awaited.ts). No pass gives any of it to an agent.
 */
export const TO_ROUTE = '~rules';

/** The group of those that their plan has ended: desk/end-by-plan ends them. No pass gives any of it to an agent. */
export const TO_END = '~to-end';

/** SQL: something of workspace $1 is to be ended. */
export const HAS_TO_END = `exists (select from conversation where workspace_id = $1 and state = 'waiting' and needs = '${TO_END}')`;

/** SQL: whether a conversation of workspace $1 that waits has to be given a plan. */
export const HAS_RULES = `(select has_rules from policy where workspace_id = $1 order by version desc limit 1)`;

/**
 * SQL: assignments that send row `alias` of conversation to the rules, where there are any; `needs`:
 * what it needs where there are none.
 */
export function sendToRules(alias: string, needs: string): string {
  const must = `(${alias}.policy_version is not null or ${HAS_RULES})`;
  return `needs = case when ${must} then '${TO_ROUTE}' else ${needs} end,
      policy_version = case when ${must} then 0 end, router_due_at = null`;
}

/** SQL: as sendToRules, for a change that leaves an assigned conversation where it is. */
export function sendWaiting(alias: string): string {
  const waits = `${alias}.state = 'waiting' and ${alias}.policy_version is not null`;
  return `needs = case when ${waits} then '${TO_ROUTE}' else ${alias}.needs end,
      policy_version = case when ${waits} then 0 else ${alias}.policy_version end`;
}

const cameWith = (alias: string): string =>
  `jsonb_build_object('teamId', ${alias}.team_id, 'skillIds', ${alias}.skill_ids, 'priority', ${alias}.priority)`;

/** SQL: the route of a row of conversation after a person chose `asked`, which no rule or step overrules. */
export function chosenByHand(alias: string, what: 'needs' | 'priority', asked: string): string {
  const asks = `coalesce(${alias}.route -> 'asked', ${cameWith(alias)}) || ${asked}`;
  const byHand = `coalesce(${alias}.route -> 'byHand', '{}') || '{"${what}": true}'`;
  return `coalesce(${alias}.route, '{}') || jsonb_build_object('asked', ${asks}, 'byHand', ${byHand})`;
}

/**
 * SQL: the route of a row of conversation that a person gave the plan `plan`, from now on. Its steps say what it needs;
 * what people chose before is what it asks where they say nothing.
 */
export function sentToPlan(alias: string, plan: string): string {
  const byHand = `(coalesce(${alias}.route -> 'byHand', '{}') - 'needs') || jsonb_build_object('plan', ${plan})`;
  return `(coalesce(${alias}.route, '{}') - 'ends' - 'wait' - 'bot') || jsonb_build_object(
        'asked', coalesce(${alias}.route -> 'asked', ${cameWith(alias)}), 'byHand', ${byHand},
        'entered', jsonb_build_object('plan', ${plan}, 'since', ${NOW}))`;
}

const sinceOf = (alias: string): string => `(${alias}.route -> 'entered' ->> 'since')::float8`;
const ENTERED = (alias: string, since: string): string =>
  `jsonb_build_object('entered', ${alias}.route -> 'entered' || jsonb_build_object('since', ${since}))`;

/** SQL: the route of a row of conversation that no rule was asked about. */
export function unruled(alias: string): string {
  return `jsonb_build_object('asked', ${cameWith(alias)}, 'byHand', '{}'::jsonb)`;
}

const NOW = 'extract(epoch from clock_timestamp())::float8 * 1000';

/**
 * SQL: to be added to the route of a row of conversation that comes back after somebody had it: its plan begins anew,
 * and neither judges again whether it is full nor says that it waits.
 */
export function enterAnew(alias: string): string {
  const told = `jsonb_build_object('told', coalesce(${alias}.route -> 'told', '[]') || '["queued"]')`;
  return `case when ${alias}.route ? 'entered' then ${ENTERED(alias, NOW)} || ${told} else '{}' end`;
}

/** SQL: to be added to the route of a row of conversation that comes back: what an agent held it was no waiting. */
export function leaveOutHolding(alias: string): string {
  const held = `extract(epoch from clock_timestamp() - ${alias}.assigned_at)::float8 * 1000`;
  return `case when ${alias}.assigned_at is not null and ${alias}.route ? 'entered'
      then ${ENTERED(alias, `${sinceOf(alias)} + ${held}`)} else '{}' end`;
}

/**
 * SQL: the route of a row of conversation that is taken back from its end: what ended it is judged anew. `late`: whether
 * it was over for a while, so that its plan begins anew.
 */
export function takeBackEnd(alias: string, late: string): string {
  return `case when ${alias}.route ? 'ends' then (${alias}.route - 'ends') || ${ENTERED(alias, NOW)} #- '{entered,full}'
      when ${late} then (${alias}.route || ${enterAnew(alias)}) - 'returning' - 'assigned'
      else (${alias}.route || ${leaveOutHolding(alias)}) - 'returning' end`;
}

const sendAll_ = statement<never>(
  'send-all-to-rules',
  `update conversation set policy_version = 0 where workspace_id = $1 and state = 'waiting' and policy_version is null`,
).needs('wake');

/** The workspace has just been given rules: what waits is asked about, too. */
export async function sendAllToRules(
  tx: Writing<typeof sendAll_, Tx>,
  workspaceId: string,
): Promise<void> {
  await query(tx, sendAll_, [workspaceId]);
}
