-- What was foretold of a wait, when, and what came of it. Seconds are from told_at.
create table told_wait (
  workspace_id    uuid not null,
  conversation_id uuid not null,
  told_at         timestamptz not null,
  -- How often it was told before.
  nth             integer not null,
  -- Where it waited; null: in no plan.
  plan            text,
  -- state: by the state of then. recent: as others waited within the hour. none: too little was known, so nothing was told.
  method          text not null check (method in ('state', 'recent', 'none')),
  -- How many of its plan, or of those in none, were before it.
  place           integer not null,
  expected        real not null,
  turns           real not null,
  low             real,
  middle          real,
  high            real,
  -- What it was made from.
  basis           jsonb not null,
  outcome         text check (outcome in ('served', 'left')),
  waited          real,
  primary key (workspace_id, conversation_id, told_at),
  check ((method = 'none') = (low is null)),
  check ((outcome is null) = (waited is null))
);
create index told_wait_open on told_wait (workspace_id, conversation_id, told_at) where outcome is null;
create index told_wait_by_plan on told_wait (workspace_id, plan, told_at) where nth = 0;
create index told_wait_by_time on told_wait (workspace_id, told_at);
