-- A conversation that is answered at a mirror (Rocket.Chat): its room over there, and what came from it.
create table desk_room (
  workspace_id uuid not null references workspace (workspace_id),
  desk_room_id uuid not null,
  channel_id uuid not null,
  conversation_id uuid not null,
  -- 1 for the conversation's first room; with the id of a message it makes a name that no room has used.
  ordinal integer not null,
  visitor_token text not null,
  -- null: not opened yet.
  room_id text,
  -- Who serves it over there by our last knowledge, by their id over there: only a change of it is followed.
  served_by text,
  -- The number of the last message that has been carried there.
  carried_seq integer not null default 0,
  -- How often the message after that has been refused over there.
  refusals integer not null default 0,
  -- Up to here the room has been read over there.
  read_until timestamptz,
  checked_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  closed_at timestamptz,
  primary key (workspace_id, desk_room_id)
);
-- One open room a conversation.
create unique index desk_room_open on desk_room (workspace_id, conversation_id) where closed_at is null;
create unique index desk_room_by_room on desk_room (workspace_id, channel_id, room_id) where room_id is not null;
create index desk_room_of_conversation on desk_room (workspace_id, conversation_id);
create index desk_room_unchecked on desk_room (workspace_id, channel_id, checked_at) where closed_at is null;

-- A message that was written over there, so that it is taken once however often it is told.
create table desk_message (
  workspace_id uuid not null,
  desk_room_id uuid not null,
  external_id text not null,
  message_id uuid not null,
  primary key (workspace_id, desk_room_id, external_id),
  foreign key (workspace_id, desk_room_id) references desk_room (workspace_id, desk_room_id) on delete cascade
);
create index desk_message_by_message on desk_message (workspace_id, message_id);

-- Its writer changed it after it was sent to the customer, who has the text as it stands here.
alter table message add column edited_at timestamptz;
