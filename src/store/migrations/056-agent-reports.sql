-- How many conversations each agent may hold, of their own or by the workspace's default, and since when in truth.
create table agent_capacity_change (
  workspace_id uuid not null,
  agent_id     uuid not null,
  -- Whole milliseconds, and never before the agent's last, as agent_status_change has them.
  at           timestamptz not null,
  change_id    bigint generated always as identity,
  capacity     integer not null check (capacity >= 0),
  primary key (workspace_id, agent_id, at, change_id)
);

-- Before this record, as it is now.
insert into agent_capacity_change (workspace_id, agent_id, at, capacity)
select workspace_id, agent_id, date_trunc('milliseconds', created_at), effective_capacity from agent;

-- When somebody is planned to be what. Those of an agent do not overlap.
create table shift (
  workspace_id uuid not null,
  agent_id     uuid not null,
  -- Whole milliseconds.
  starts_at    timestamptz not null,
  ends_at      timestamptz not null,
  expects      text not null check (expects in ('online', 'away')),
  -- Of whoever is to be away: with this status; null: with any or none.
  status_id    uuid,
  primary key (workspace_id, agent_id, starts_at),
  check (starts_at < ends_at and (status_id is null or expects = 'away')),
  foreign key (workspace_id, agent_id) references agent (workspace_id, agent_id)
);
create index shift_by_time on shift (workspace_id, starts_at);
