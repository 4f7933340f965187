-- How many conversations of a kind or a channel an agent may hold, how soon after one comes the next, and how long
-- an ended one keeps its place. null: the workspace's default.
alter table workspace
  add column default_limits jsonb not null default '{}',
  add column default_pace integer not null default 0 check (default_pace between 0 and 3600),
  add column default_wrap_up integer not null default 0 check (default_wrap_up between 0 and 3600);
alter table agent
  add column limits jsonb,
  add column pace integer check (pace between 0 and 3600),
  add column effective_pace integer not null default 0 check (effective_pace between 0 and 3600),
  add column wrap_up integer check (wrap_up between 0 and 3600),
  add column effective_wrap_up integer not null default 0 check (effective_wrap_up between 0 and 3600),
  -- When the router last gave the agent one that they took, or have yet to take; null: the next may come at once.
  add column paced_from timestamptz;
update agent set paced_from = last_assigned_at;

-- The limits in force, with what is held under each. As on agent, load is in weights and written under the routing
-- lock alone.
create table agent_limit (
  workspace_id uuid not null,
  agent_id     uuid not null,
  -- A kind of channel, or a channel's id.
  scope        text not null,
  most         integer not null check (most between 0 and 1000),
  load         integer not null check (load >= 0),
  -- The limit, or what was held when it was lowered or forced past.
  ceiling      integer not null,
  constraint agent_limit_load_within_ceiling check (load <= ceiling),
  primary key (workspace_id, agent_id, scope),
  foreign key (workspace_id, agent_id) references agent (workspace_id, agent_id)
);

alter table load_release
  -- The agent wraps up: it stays on the load until then; null: the next pass takes it off.
  add column wraps_until timestamptz,
  -- When it was given, if the agent never took it: their pace does not count it; null: they did.
  add column unpaced_from timestamptz;
create index load_release_wrapping on load_release (workspace_id, agent_id, wraps_until) where wraps_until is not null;
