-- A channel whose news a program reads one after another: each event of its conversations that the contact's side is
-- told, and how far an agent has read.
alter table channel add column has_updates boolean not null default false;
update channel set has_updates = true where kind = 'api';

create table channel_update (
  workspace_id uuid not null,
  channel_id uuid not null,
  update_id bigint generated always as identity,
  -- The place in which the program is told. It is given after the commit, one by one, so no commit that comes late can
  -- be overtaken by its number. Null: it has none yet.
  number bigint,
  conversation_id uuid not null,
  -- Of the event that it tells of; null: an agent has read up to read_seq.
  event_seq integer,
  read_seq integer,
  at timestamptz not null,
  primary key (workspace_id, channel_id, update_id),
  check ((event_seq is null) <> (read_seq is null))
);
create index channel_update_to_number on channel_update (workspace_id, channel_id, update_id) where number is null;
create unique index channel_update_by_number on channel_update (workspace_id, channel_id, number)
  where number is not null;

-- How far the updates of a channel are numbered, and up to which number they are deleted.
create table channel_feed (
  workspace_id uuid not null,
  channel_id uuid not null,
  last bigint not null default 0,
  forgotten bigint not null default 0,
  primary key (workspace_id, channel_id)
);

-- How far contact and agent have read where a program stands between them. Numbers are those of the messages.
create table program_read (
  workspace_id uuid not null,
  conversation_id uuid not null,
  contact_read_seq integer not null default 0,
  contact_read_at timestamptz,
  agent_read_seq integer not null default 0,
  agent_read_at timestamptz,
  primary key (workspace_id, conversation_id)
);
