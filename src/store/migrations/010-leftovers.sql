-- What led to no conversation is found without looking through everything, to be forgotten.
alter table web_session
  -- When it was last used, to within a day.
  add column seen_at timestamptz not null default now();
create index web_session_by_use on web_session (workspace_id, seen_at);
create index web_session_ended on web_session (workspace_id, ended_at) where ended_at is not null;

alter table attachment
  -- A message was found that names it; false: none has been looked for yet.
  add column said boolean not null default false;
create index attachment_not_said on attachment (workspace_id, created_at) where not said;
create index message_files on message (workspace_id, created_at) where attachments <> '[]';
