-- Automations, what they did, and macros. The runner of a workspace's automations is a subscriber among its endpoints:
-- so every event that they wait for reaches it once, in order, by the statements that write events.
alter table endpoint
  -- No address: what it is told, automations do. Bound to the events of those that are switched on.
  add column runs_automations boolean not null default false;
create unique index endpoint_runner on endpoint (workspace_id) where runs_automations;

create table automation (
  workspace_id    uuid not null references workspace (workspace_id),
  automation_id   uuid not null,
  name            text not null,
  position        integer not null default 0,
  disabled_reason text check (disabled_reason in ('paused', 'failing')),
  events          text[] not null,
  -- null: always.
  condition       jsonb,
  actions         jsonb not null,
  -- Earlier events start nothing: it was switched off, or was not there.
  enabled_at      timestamptz not null default clock_timestamp(),
  failures        integer not null default 0,
  last_run_at     timestamptz,
  event_seq       integer not null default 0,
  created_at      timestamptz not null default now(),
  primary key (workspace_id, automation_id)
);
create unique index automation_name on automation (workspace_id, lower(name));

create table automation_run (
  workspace_id    uuid not null,
  run_id          bigint generated always as identity,
  automation_id   uuid not null,
  conversation_id uuid not null,
  event_type      text not null,
  at              timestamptz not null default clock_timestamp(),
  depth           smallint not null,
  outcome         text not null check (outcome in ('done', 'failed', 'stopped')),
  reason          text,
  actions         jsonb not null,
  -- The events of the conversation that it caused: after this one, up to that one.
  after_seq       integer not null,
  to_seq          integer not null,
  primary key (workspace_id, run_id),
  foreign key (workspace_id, automation_id) references automation (workspace_id, automation_id) on delete cascade
);
create index automation_run_log on automation_run (workspace_id, automation_id, run_id);
create index automation_run_of on automation_run (workspace_id, conversation_id, run_id);
create index automation_run_age on automation_run (workspace_id, at);

create table macro (
  workspace_id uuid not null references workspace (workspace_id),
  macro_id     uuid not null,
  name         text not null,
  team_id      uuid,
  actions      jsonb not null,
  created_at   timestamptz not null default now(),
  primary key (workspace_id, macro_id),
  foreign key (workspace_id, team_id) references team (workspace_id, team_id) on delete cascade
);
create unique index macro_name on macro (workspace_id, lower(name));
