-- Web chat: who visits, what each tab may do, and what belongs to a conversation over the web alone.

-- A visitor's name for themselves, one namespace a workspace: topics carry it without a channel.
create table web_identity (
  workspace_id uuid not null references workspace,
  customer_id  text not null,
  -- Of the secret that a guest's browser keeps; null: only the company's proof counts.
  key_hash     bytea,
  verified     boolean not null default false,
  created_at   timestamptz not null default now(),
  primary key (workspace_id, customer_id)
);
create unique index web_identity_by_key on web_identity (workspace_id, key_hash) where key_hash is not null;

-- What POST /session gave away: the right of one tab to talk as one visitor.
create table web_session (
  workspace_id uuid not null references workspace,
  session_id   uuid not null,
  channel_id   uuid not null,
  customer_id  text not null,
  -- false: a guest whose id we made up, and who may still say another one.
  named        boolean not null,
  verified     boolean not null,
  token_hash   bytea not null,
  -- Name, e-mail and the like, as given.
  profile      jsonb not null default '{}',
  -- The one it last began or joined.
  conversation_id uuid,
  created_at   timestamptz not null default now(),
  ended_at     timestamptz,
  primary key (workspace_id, session_id)
);
create index web_session_of_customer on web_session (workspace_id, customer_id);

create table web_conversation (
  workspace_id     uuid not null,
  conversation_id  uuid not null,
  session_id       uuid not null,
  session_topic    text not null,
  request_id       text,
  -- When the visitor was last heard of.
  seen_at          timestamptz not null default now(),
  contact_read_seq integer not null default 0,
  contact_read_at  timestamptz,
  agent_read_seq   integer not null default 0,
  agent_read_at    timestamptz,
  ended            boolean not null default false,
  primary key (workspace_id, conversation_id)
) with (fillfactor = 70);
create unique index web_conversation_by_topic on web_conversation (workspace_id, session_topic) where not ended;

alter table message
  -- The sender's own name for it, by which a repeat is known.
  add column client_message_id text;
-- Of each agent their own; there is one contact, whom a merge may have given another id.
create unique index message_once on message (workspace_id, conversation_id, author_kind, client_message_id,
    (case author_kind when 'agent' then author_id end))
  nulls not distinct where client_message_id is not null;
