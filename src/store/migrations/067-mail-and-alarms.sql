-- Mails travel as deliveries whose subscriber is the workspace itself; alarms tell what goes wrong, from its start to
-- its end.
create index delivery_own on delivery (workspace_id, delivery_id) where subscriber_id = workspace_id;

-- A link that somebody asked for at the sign-in page replaces no invitation and no reset by an admin.
alter table invite add column self_service boolean not null default false;

-- The audit is looked through by who did something, and by what sort of thing.
create index audit_entry_by_actor on audit_entry (workspace_id, actor, entry_id);
create index audit_entry_by_kind on audit_entry (workspace_id, split_part(action, '.', 1), entry_id);

create table alarm (
  workspace_id uuid not null references workspace (workspace_id),
  alarm_id     uuid not null,
  kind         text not null,
  -- The endpoint or the channel; null: it concerns the workspace.
  object_id    uuid,
  facts        jsonb not null default '{}',
  started_at   timestamptz not null default clock_timestamp(),
  -- Since when it holds no more, and nobody has been told yet; null: it holds.
  calm_since   timestamptz,
  ended_at     timestamptz,
  primary key (workspace_id, alarm_id)
);
create unique index alarm_open on alarm (workspace_id, kind, coalesce(object_id, workspace_id)) where ended_at is null;
create index alarm_log on alarm (workspace_id, started_at);
