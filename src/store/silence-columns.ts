// What makes the silence of a held conversation be looked at again.

/**
 * SQL: has the silence of row `alias` of conversation looked at where a message changes it: an
 * agent's, or, while the contact is the silent one or a bot has it, the contact's. Each of both is an SQL condition.
 */
export function hearSilence(
  alias: string,
  { byAgent, byContact }: { byAgent: string; byContact: string },
): string {
  const changes = `${alias}.silence_awaits is not null and (${byAgent} or ${alias}.silence_awaits in ('contact', 'bot') and ${byContact})`;
  return `silence_at = case when ${changes} then clock_timestamp() else ${alias}.silence_at end`;
}

/** SQL: what was assigned has been accepted, so the time of the agent begins. */
export function beginSilence(alias: string): string {
  return `silence_at = case when ${alias}.silence_awaits = 'acceptance' then clock_timestamp() else ${alias}.silence_at end`;
}

/**
 * SQL: an agent is given a conversation of the plan `plan` at the moment `at`. `plans`: a parameter
 * of those that limit silence or have a bot; null: any may, and a bot whatever the plan.
 */
export function awaitSilence({
  plan,
  plans,
  at,
  agent,
}: Record<'plan' | 'plans' | 'at' | 'agent', string>): string {
  const byBot = `exists (select from agent b where b.workspace_id = $1 and b.agent_id = ${agent} and b.kind = 'bot')`;
  return `unanswered_at = null, silence_at = case when ${plan} = any (${plans}::text[]) or ${plans}::text[] is null and (${plan} is not null or ${byBot}) then ${at} end`;
}
