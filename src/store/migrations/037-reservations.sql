-- Who they are over there where an answer must name them (Rocket.Chat's username); null: not looked at yet.
alter table agent_identity add column username text;

-- A place of an agent that is held for a room which a mirror (Rocket.Chat) makes by itself. It is part of the agent's
-- external_load until it ends.
create table reservation (
  workspace_id uuid not null references workspace (workspace_id),
  reservation_id uuid not null,
  channel_id uuid not null,
  -- What the mirror asked, without a name of the room: its department, and whom it does not want.
  question text not null,
  agent_id uuid not null,
  -- How many more requests of the same burst may be given this agent.
  answers_left integer not null check (answers_left >= 0),
  made_at timestamptz not null,
  -- It ends then, unless the room was seen.
  held_until timestamptz not null,
  -- The room that the agent was seen to have taken; it is held on until a look at all rooms has counted that one.
  room_id text,
  taken_at timestamptz,
  primary key (workspace_id, reservation_id),
  check ((room_id is null) = (taken_at is null))
);
create index reservation_of_channel on reservation (workspace_id, channel_id);
