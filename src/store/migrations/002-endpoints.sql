-- Signed events to the addresses that a company names.

alter table contact
  add column event_seq integer not null default 0,
  add column groups text[] not null default '{}',
  add column tags text[] not null default '{}',
  add column lang text,
  add column anonymous boolean not null default false;

alter table conversation
  add column categories text[] not null default '{}',
  -- What the agent filled in at the end: [{type, name, value}], as contract/events.ts has it.
  add column close_meta jsonb not null default '[]',
  -- How it last went back to the queue, and from whom.
  add column came_back text check (came_back in ('requeued', 'transferred')),
  add column previous_agent_id uuid,
  add column previous_assigned_at timestamptz;

create table endpoint (
  workspace_id       uuid not null references workspace,
  endpoint_id        uuid not null,
  url                text not null,
  -- Newest first: [{secret, until}]; until null: valid for ever. No element: nothing is signed.
  secrets            jsonb not null default '[]',
  verify_tls         boolean not null default true,
  enabled            boolean not null default true,
  -- Why it is not: an admin's choice, its own 410, or days without a success.
  disabled_reason    text check (disabled_reason in ('paused', 'gone', 'failing')),
  signature_encoding text not null default 'hex' check (signature_encoding in ('hex', 'base64')),
  absent_times       text not null default 'omit' check (absent_times in ('omit', 'null')),
  -- Attempts since the last success, and when the first of them was.
  failures           integer not null default 0,
  failing_since      timestamptz,
  last_failure_at    timestamptz,
  last_success_at    timestamptz,
  event_seq          integer not null default 0,
  created_at         timestamptz not null default now(),
  deleted_at         timestamptz,
  primary key (workspace_id, endpoint_id),
  check (enabled = (disabled_reason is null))
);

-- Which events an endpoint is sent, and as which type: type names the form of the body.
create table endpoint_binding (
  workspace_id uuid not null,
  event_type   text not null,
  endpoint_id  uuid not null,
  type         text not null,
  primary key (workspace_id, event_type, endpoint_id, type),
  foreign key (workspace_id, endpoint_id) references endpoint
);

-- Of an endpoint: event_id is set, and payload holds the facts as they were when the event happened.
alter table delivery
  add column event_id uuid,
  -- The bytes of the first attempt, which every later one repeats.
  add column body text,
  -- Keeps its schedule, but holds back none of those behind it: refused too often, or a replay.
  add column parked boolean not null default false,
  -- Answers that said it will never be taken (4xx).
  add column refusals integer not null default 0,
  add column replay_of bigint,
  drop constraint delivery_state_check,
  add constraint delivery_state_check check (state in ('pending', 'sending', 'held', 'done', 'failed'));
drop index delivery_due;
drop index delivery_stream;
drop index delivery_sending;
create index delivery_due on delivery (workspace_id, subscriber_id, due_at, delivery_id) where state = 'pending';
create index delivery_stream on delivery (workspace_id, subscriber_id, stream_id, delivery_id)
  where state in ('pending', 'sending', 'held');
create index delivery_sending on delivery (workspace_id, subscriber_id) where state = 'sending';
create index delivery_held on delivery (workspace_id, subscriber_id) where state = 'held';
create index delivery_log on delivery (workspace_id, subscriber_id, delivery_id) where event_id is not null;

alter table delivery_attempt
  add column address text,
  add column request_headers jsonb;

-- Who changed what, without the secrets.
create table audit_entry (
  workspace_id uuid not null references workspace,
  entry_id     bigint generated always as identity,
  at           timestamptz not null default now(),
  actor        text not null,
  action       text not null,
  object_id    uuid not null,
  change       jsonb not null default '{}',
  primary key (workspace_id, entry_id)
);
create index delivery_of_event on delivery (workspace_id, event_id) where event_id is not null;
