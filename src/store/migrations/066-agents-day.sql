-- Lists of conversations that somebody looks at again and again: their own, or shared with a team.
create table saved_view (
  workspace_id  uuid not null,
  saved_view_id uuid not null,
  user_id       uuid not null,
  -- null: its owner's alone.
  team_id       uuid,
  name          text not null,
  view          text not null,
  filters       jsonb not null,
  created_at    timestamptz not null default now(),
  primary key (workspace_id, saved_view_id),
  foreign key (workspace_id, user_id) references user_account (workspace_id, user_id) on delete cascade,
  foreign key (workspace_id, team_id) references team (workspace_id, team_id) on delete cascade
);
create index saved_view_user on saved_view (workspace_id, user_id);
create index saved_view_team on saved_view (workspace_id, team_id) where team_id is not null;

-- A note of a conversation that names an agent.
create table mention (
  workspace_id    uuid not null,
  agent_id        uuid not null,
  conversation_id uuid not null,
  seq             integer not null,
  at              timestamptz not null,
  read_at         timestamptz,
  primary key (workspace_id, agent_id, conversation_id, seq),
  foreign key (workspace_id, agent_id) references agent (workspace_id, agent_id)
);
create index mention_latest on mention (workspace_id, agent_id, at desc, conversation_id, seq);
create index mention_unread on mention (workspace_id, agent_id) where read_at is null;
create index mention_of on mention (workspace_id, conversation_id);
