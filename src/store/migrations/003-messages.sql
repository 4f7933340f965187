-- What is said, the files that go with it, and RapidPro's tickets.

alter table message
  -- Of an agent's message that goes to an outside system: how it fares.
  add column delivery_id bigint,
  -- Came after the end, before the outside system knew of it.
  add column late boolean not null default false,
  -- Was said before the conversation began, and is shown for context.
  add column history boolean not null default false;
create unique index message_by_id on message (workspace_id, message_id);

create table attachment (
  workspace_id  uuid not null references workspace,
  attachment_id uuid not null,
  file_name     text not null,
  content_type  text not null,
  size          integer not null,
  content       bytea not null,
  created_by    text not null,
  created_at    timestamptz not null default now(),
  primary key (workspace_id, attachment_id)
);
alter table attachment alter column content set storage external;

create index conversation_of_contact on conversation (workspace_id, contact_id, conversation_id);
