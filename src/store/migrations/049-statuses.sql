-- Under away: what the workspace offers to choose from.
create table agent_status (
  workspace_id uuid not null references workspace (workspace_id),
  status_id    uuid not null,
  name         text not null,
  emoji        text,
  colour       text,
  place        integer not null,
  archived_at  timestamptz,
  primary key (workspace_id, status_id)
);
create unique index agent_status_by_name on agent_status (workspace_id, lower(name)) where archived_at is null;

-- What each agent became, when in truth, why and by whom; the last row is what the agent is.
create table agent_status_change (
  workspace_id uuid not null,
  agent_id     uuid not null,
  -- Whole milliseconds, so that spans between them add up exactly; never before the agent's last.
  at           timestamptz not null,
  change_id    bigint generated always as identity,
  -- gone: removed.
  availability text not null check (availability in ('online', 'away', 'offline', 'gone')),
  status_id    uuid,
  cause        text not null,
  -- Who did it, as events name them; null: nobody but the house.
  by           text,
  reason       text,
  primary key (workspace_id, agent_id, at, change_id)
);

insert into agent_status_change (workspace_id, agent_id, at, availability, cause)
select workspace_id, agent_id, date_trunc('milliseconds', coalesce(deleted_at, availability_changed_at)),
  case when deleted_at is null then availability else 'gone' end, 'unknown' from agent;

-- The person has signed out with the last browser: when the lease ends, that is why.
alter table agent add column signed_out boolean not null default false;
