-- The core of the five contracts. workspace_id leads every key, so that the schema can be
-- distributed by workspace without redesign. The logs (event, decision, delivery) carry no foreign
-- keys: each check would cost about as much as the insert itself, and rows are only ever written in
-- the transaction that also writes the conversation.

create table workspace (
  workspace_id      uuid primary key,
  name              text not null,
  default_capacity  integer not null default 2 check (default_capacity between 0 and 1000),
  round_robin_after uuid,
  created_at        timestamptz not null default now()
);

-- Every change to a row of agent stamps a new version, under the workspace's routing lock, so that
-- a router can keep its roster in memory and read only what changed since.
create sequence roster_version;

create table agent (
  workspace_id            uuid not null references workspace,
  agent_id                uuid not null,
  name                    text not null,
  email                   text,
  role                    text not null default 'agent' check (role in ('admin', 'supervisor', 'agent')),
  capacity                integer check (capacity between 0 and 1000),
  effective_capacity      integer not null check (effective_capacity between 0 and 1000),
  load                    integer not null default 0 check (load >= 0),
  ceiling                 integer not null,
  external_load           integer not null default 0 check (external_load >= 0),
  availability            text not null default 'offline' check (availability in ('online', 'away', 'offline')),
  availability_changed_at timestamptz not null default now(),
  lease_until             timestamptz not null default 'infinity',
  answers_here            boolean not null default true,
  idle_since              timestamptz not null default now(),
  last_assigned_at        timestamptz,
  event_seq               integer not null default 0,
  roster_version          bigint not null default nextval('roster_version'),
  created_at              timestamptz not null default now(),
  deleted_at              timestamptz,
  primary key (workspace_id, agent_id),
  -- ceiling is the capacity, or what the agent already held when it was lowered or forced past.
  constraint agent_load_within_ceiling check (load <= ceiling)
);
create index agent_by_roster_version on agent (workspace_id, roster_version);
create unique index agent_by_email on agent (workspace_id, lower(email)) where deleted_at is null;

create table channel (
  workspace_id uuid not null references workspace,
  channel_id   uuid not null,
  kind         text not null check (kind in ('qiscus', 'rapidpro', 'webchat')),
  name         text not null,
  config       jsonb not null default '{}',
  secrets      jsonb not null default '{}',
  team_id      uuid,
  weight       integer not null default 1 check (weight between 1 and 1000),
  sync_due_at  timestamptz not null default now(),
  synced_at    timestamptz,
  sync_error   text,
  created_at   timestamptz not null default now(),
  deleted_at   timestamptz,
  primary key (workspace_id, channel_id)
);

-- Who an agent is in an outside system. external_channel_ids null: any channel of that system.
create table agent_identity (
  workspace_id         uuid not null,
  channel_id           uuid not null,
  external_id          text not null,
  agent_id             uuid not null,
  external_channel_ids text[],
  -- Reports in a row that lacked it: a page may shift while it is read.
  absences             integer not null default 0,
  primary key (workspace_id, channel_id, external_id),
  foreign key (workspace_id, channel_id) references channel,
  foreign key (workspace_id, agent_id) references agent
);
create index agent_identity_by_agent on agent_identity (workspace_id, agent_id);

create table team (
  workspace_id uuid not null references workspace,
  team_id      uuid not null,
  name         text not null,
  created_at   timestamptz not null default now(),
  primary key (workspace_id, team_id)
);
create unique index team_by_name on team (workspace_id, lower(name));

create table agent_team (
  workspace_id uuid not null,
  team_id      uuid not null,
  agent_id     uuid not null,
  primary key (workspace_id, agent_id, team_id),
  foreign key (workspace_id, team_id) references team on delete cascade,
  foreign key (workspace_id, agent_id) references agent
);
create index agent_team_by_team on agent_team (workspace_id, team_id);

create table skill (
  workspace_id uuid not null references workspace,
  skill_id     uuid not null,
  name         text not null,
  created_at   timestamptz not null default now(),
  primary key (workspace_id, skill_id)
);
create unique index skill_by_name on skill (workspace_id, lower(name));

create table agent_skill (
  workspace_id uuid not null,
  skill_id     uuid not null,
  agent_id     uuid not null,
  primary key (workspace_id, agent_id, skill_id),
  foreign key (workspace_id, skill_id) references skill on delete cascade,
  foreign key (workspace_id, agent_id) references agent
);

create table contact (
  workspace_id uuid not null references workspace,
  contact_id   uuid not null,
  channel_id   uuid not null,
  external_id  text not null,
  name         text,
  email        text,
  phone        text,
  avatar_url   text,
  attributes   jsonb not null default '{}',
  created_at   timestamptz not null default now(),
  seen_at      timestamptz not null default now(),
  primary key (workspace_id, contact_id)
);
create unique index contact_by_external_id on contact (workspace_id, channel_id, external_id);

create table conversation (
  workspace_id        uuid not null,
  conversation_id     uuid not null,
  channel_id          uuid not null,
  external_id         text not null,
  external_channel_id text,
  contact_id          uuid not null,
  state               text not null default 'waiting' check (state in ('waiting', 'assigned', 'closed')),
  priority            text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent')),
  weight              integer not null default 1,
  team_id             uuid,
  skill_ids           uuid[] not null default '{}',
  excluded_agent_ids  uuid[] not null default '{}',
  -- Conversations that need the same are grouped by this text; the queue is read group by group.
  needs               text collate "C" not null,
  queued_at           timestamptz not null,
  rank_at             timestamptz not null,
  held_until          timestamptz,
  hold_reason         text,
  agent_id            uuid,
  assigned_at         timestamptz,
  confirmed_at        timestamptz,
  -- Whom the outside system last told us it had in the room.
  remote_agent_id     uuid,
  remote_checked_at   timestamptz,
  previous_session_id bigint,
  session_id          bigint,
  closed_at           timestamptz,
  close_reason        text,
  close_note          text,
  tags                text[] not null default '{}',
  meta                jsonb not null default '{}',
  event_seq           integer not null default 0,
  message_seq         integer not null default 0,
  primary key (workspace_id, conversation_id),
  check ((state = 'assigned') = (agent_id is not null and closed_at is null)),
  check ((state = 'closed') = (closed_at is not null))
) with (fillfactor = 80);
create unique index conversation_open on conversation (workspace_id, channel_id, external_id) where state <> 'closed';
create index conversation_waiting on conversation (workspace_id, needs, rank_at, conversation_id) where state = 'waiting';
create index conversation_on_hold on conversation (workspace_id, held_until) where state = 'waiting' and held_until is not null;
create index conversation_held on conversation (workspace_id, agent_id) where state = 'assigned';
create index conversation_past on conversation (workspace_id, channel_id, external_id, closed_at) where state = 'closed';

create table message (
  workspace_id    uuid not null,
  conversation_id uuid not null,
  seq             integer not null,
  message_id      uuid not null,
  kind            text not null check (kind in ('text', 'note')),
  author_kind     text not null check (author_kind in ('contact', 'agent', 'user', 'system')),
  author_id       uuid,
  text            text not null,
  attachments     jsonb not null default '[]',
  created_at      timestamptz not null,
  primary key (workspace_id, conversation_id, seq)
);

create table assignment (
  workspace_id    uuid not null,
  conversation_id uuid not null,
  assignment_id   uuid not null,
  agent_id        uuid not null,
  weight          integer not null,
  state           text not null check (state in ('pending', 'confirmed', 'ended', 'undone')),
  assigned_by     text not null,
  forced          boolean not null default false,
  assigned_at     timestamptz not null,
  confirmed_at    timestamptz,
  ended_at        timestamptz,
  end_reason      text,
  settled         boolean not null default false,
  primary key (workspace_id, conversation_id, assignment_id)
);
-- No conversation has two agents.
create unique index assignment_live on assignment (workspace_id, conversation_id) where ended_at is null;
create index assignment_unsettled on assignment (workspace_id) where ended_at is not null and not settled;

create table decision (
  workspace_id    uuid not null,
  conversation_id uuid not null,
  assignment_id   uuid not null,
  policy_version  integer not null,
  decided_at      timestamptz not null,
  agent_id        uuid not null,
  because         jsonb not null,
  primary key (workspace_id, conversation_id, assignment_id)
);

-- stream_id is the conversation or the agent that the fact is about; seq counts within it.
create table event (
  workspace_id uuid not null,
  stream_id    uuid not null,
  seq          integer not null,
  event_id     uuid not null default gen_random_uuid(),
  type         text not null,
  at           timestamptz not null,
  data         jsonb not null,
  primary key (workspace_id, stream_id, seq)
);

create table delivery (
  workspace_id  uuid not null,
  delivery_id   bigint generated always as identity,
  subscriber_id uuid not null,
  stream_id     uuid not null,
  type          text not null,
  payload       jsonb not null default '{}',
  state         text not null default 'pending' check (state in ('pending', 'sending', 'done', 'failed')),
  attempts      integer not null default 0,
  due_at        timestamptz not null,
  sent_by       bigint,
  sent_until    timestamptz,
  -- An attempt ended without our learning whether it took effect.
  uncertain     boolean not null default false,
  outcome       text,
  created_at    timestamptz not null,
  done_at       timestamptz,
  primary key (workspace_id, delivery_id)
) with (fillfactor = 80);
create index delivery_due on delivery (workspace_id, due_at) where state = 'pending';
create index delivery_stream on delivery (workspace_id, subscriber_id, stream_id, delivery_id) where state in ('pending', 'sending');
create index delivery_sending on delivery (workspace_id, sent_by) where state = 'sending';

create table delivery_attempt (
  workspace_id uuid not null,
  delivery_id  bigint not null,
  attempt      integer not null,
  started_at   timestamptz not null,
  latency_ms   integer not null,
  result       text not null,
  status       integer,
  answer       text,
  primary key (workspace_id, delivery_id, attempt)
);

create table policy (
  workspace_id uuid not null references workspace,
  version      integer not null,
  body         jsonb not null,
  created_at   timestamptz not null default now(),
  created_by   text not null,
  primary key (workspace_id, version)
);

create table setting (
  workspace_id uuid not null references workspace,
  key          text not null,
  value        jsonb not null,
  changed_at   timestamptz not null default now(),
  primary key (workspace_id, key)
);

create table user_account (
  workspace_id  uuid not null references workspace,
  user_id       uuid not null,
  email         text not null,
  name          text not null,
  role          text not null check (role in ('admin', 'supervisor', 'agent')),
  password_hash text,
  agent_id      uuid,
  created_at    timestamptz not null default now(),
  primary key (workspace_id, user_id)
);
create unique index user_account_by_email on user_account (workspace_id, lower(email));

create table token (
  workspace_id uuid not null references workspace,
  token_id     uuid not null,
  name         text not null,
  role         text not null check (role in ('admin', 'supervisor', 'agent')),
  agent_id     uuid,
  hash         bytea not null,
  created_at   timestamptz not null default now(),
  expires_at   timestamptz,
  revoked_at   timestamptz,
  used_at      timestamptz,
  primary key (workspace_id, token_id)
);
create unique index token_by_hash on token (workspace_id, hash);
