// How many conversations agents may hold: every change of it, at the moment in which it became true.

/** SQL: records the capacity of each row of `source`, which has agent_id and capacity. */
export function recordCapacity(source: string): string {
  return `insert into agent_capacity_change (workspace_id, agent_id, at, capacity)
    select $1, s.agent_id, greatest(date_trunc('milliseconds', clock_timestamp()), last.at), s.capacity
    from ${source} s left join lateral (
      select c.at from agent_capacity_change c where c.workspace_id = $1 and c.agent_id = s.agent_id
      order by c.at desc, c.change_id desc limit 1
    ) last on true`;
}
