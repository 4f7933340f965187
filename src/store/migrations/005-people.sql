-- People who sign in, what each has read, and what the back office keeps for them.

alter table user_account
  add column locale text,
  add column avatar_url text,
  add column last_sign_in_at timestamptz;
create unique index user_account_by_agent on user_account (workspace_id, agent_id);

-- A browser in which somebody is signed in, known by the hash of its cookie.
create table login_session (
  workspace_id uuid not null,
  session_id   uuid not null,
  user_id      uuid not null,
  hash         bytea not null,
  created_at   timestamptz not null default now(),
  seen_at      timestamptz not null default now(),
  primary key (workspace_id, session_id),
  foreign key (workspace_id, user_id) references user_account on delete cascade
);
create unique index login_session_by_hash on login_session (workspace_id, hash);
create index login_session_of_user on login_session (workspace_id, user_id);

-- A code that lets somebody choose a password. Without a user: it lets the first admin in.
create table invite (
  workspace_id uuid not null references workspace,
  invite_id    uuid not null,
  user_id      uuid,
  hash         bytea not null,
  created_at   timestamptz not null default now(),
  expires_at   timestamptz not null,
  primary key (workspace_id, invite_id),
  foreign key (workspace_id, user_id) references user_account on delete cascade
);
create unique index invite_by_hash on invite (workspace_id, hash);
create index invite_of_user on invite (workspace_id, user_id);

-- Failed tries by e-mail and by address, counted for all nodes together.
create table try_count (
  workspace_id uuid not null references workspace,
  key          text not null,
  tries        integer not null,
  began_at     timestamptz not null,
  primary key (workspace_id, key)
);
create index try_count_by_age on try_count (workspace_id, began_at);

-- How far a person has read in a conversation.
create table read_mark (
  workspace_id    uuid not null,
  user_id         uuid not null,
  conversation_id uuid not null,
  up_to_seq       integer not null,
  primary key (workspace_id, user_id, conversation_id),
  foreign key (workspace_id, user_id) references user_account on delete cascade
);

create table canned_reply (
  workspace_id    uuid not null references workspace,
  canned_reply_id uuid not null,
  shortcut        text not null,
  text            text not null,
  team_id         uuid,
  created_at      timestamptz not null default now(),
  primary key (workspace_id, canned_reply_id),
  foreign key (workspace_id, team_id) references team on delete cascade
);
create unique index canned_reply_by_shortcut on canned_reply (workspace_id, lower(shortcut), team_id) nulls not distinct;

-- The tags to choose from; a conversation keeps the names it was given.
create table tag (
  workspace_id uuid not null references workspace,
  tag_id       uuid not null,
  name         text not null,
  colour       text not null,
  created_at   timestamptz not null default now(),
  primary key (workspace_id, tag_id)
);
create unique index tag_by_name on tag (workspace_id, lower(name));

alter table conversation
  -- The latest message or end. Not indexed, so that a message stays an update in place.
  add column active_at timestamptz not null default now(),
  add column if not exists rating_score smallint check (rating_score between 1 and 5),
  add column if not exists rating_comment text,
  add column if not exists rated_at timestamptz;

create index conversation_ended on conversation (workspace_id, closed_at, conversation_id) where state = 'closed';
create index conversation_ended_by_agent on conversation (workspace_id, agent_id, closed_at, conversation_id)
  where state = 'closed' and agent_id is not null;
create index contact_by_name on contact (workspace_id, lower(name) text_pattern_ops) where name is not null;
create index contact_by_email on contact (workspace_id, lower(email) text_pattern_ops) where email is not null;

-- Reports read by time; rows are written in its order, so a summary of each range of pages is enough.
create index conversation_by_time on conversation using brin (workspace_id, queued_at, closed_at, rated_at)
  with (autosummarize = on);
create index assignment_by_time on assignment using brin (workspace_id, assigned_at, ended_at) with (autosummarize = on);
create index message_by_time on message using brin (workspace_id, created_at) with (autosummarize = on);
