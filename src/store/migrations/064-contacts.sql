-- Contacts are found, merged, blocked and erased.
alter table contact
  -- Merged into this one, which is itself merged into none. What the channel knows of it stays on its own row, so that
  -- its messages still find it, and taking the merging back loses nothing.
  add column merged_into uuid,
  -- What it sends opens nothing. On every row of a merged contact; contact_block says why and by whom.
  add column blocked_at timestamptz;
create index contact_merged on contact (workspace_id, merged_into) where merged_into is not null;
create index contact_blocked on contact (workspace_id, contact_id) where blocked_at is not null;

-- Every word of a name with the workspace before it, so that a search for a common name reads no other workspace.
create index contact_by_word on contact using gin (array_to_tsvector(string_to_array(
  workspace_id::text || ':' || replace(lower(left(name, 255)), ' ', U&'\001F' || workspace_id::text || ':'), U&'\001F')))
  where name is not null;
create index contact_by_phone on contact (workspace_id, regexp_replace(phone, '[^0-9]', '', 'g') text_pattern_ops)
  where phone is not null;
create index contact_by_tag on contact using gin (tags) where tags <> '{}';
create index contact_by_attribute on contact using gin (attributes jsonb_path_ops) where attributes <> '{}';

-- One that has been taken back stays on record.
create table contact_merge (
  workspace_id uuid not null references workspace (workspace_id),
  merge_id     uuid not null,
  kept_id      uuid not null,
  merged_id    uuid not null,
  merged_at    timestamptz not null default clock_timestamp(),
  merged_by    text not null,
  -- What the kept one did not have, and was given.
  given        jsonb not null,
  undone_at    timestamptz,
  undone_by    text,
  primary key (workspace_id, merge_id)
);
create unique index contact_merge_standing on contact_merge (workspace_id, merged_id) where undone_at is null;
create index contact_merge_kept on contact_merge (workspace_id, kept_id);

create table contact_block (
  workspace_id uuid not null references workspace (workspace_id),
  block_id     uuid not null,
  contact_id   uuid not null,
  reason       text not null,
  blocked_at   timestamptz not null default clock_timestamp(),
  blocked_by   text not null,
  lifted_at    timestamptz,
  lifted_by    text,
  primary key (workspace_id, block_id)
);
create unique index contact_block_standing on contact_block (workspace_id, contact_id) where lifted_at is null;

-- Addresses from which web chat is refused.
create table network_block (
  workspace_id uuid not null references workspace (workspace_id),
  block_id     uuid not null,
  network      cidr not null,
  reason       text not null,
  blocked_at   timestamptz not null default clock_timestamp(),
  blocked_by   text not null,
  primary key (workspace_id, block_id)
);
create unique index network_block_once on network_block (workspace_id, network);

alter table web_session
  -- From where it was asked for; deleted with the session.
  add column address inet;
