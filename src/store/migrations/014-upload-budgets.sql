-- How many bytes strangers have uploaded in a day, by session, address and workspace: without it one
-- address fills the disk, and each node would count for itself.
create table upload_budget (
  workspace_id uuid not null references workspace on delete cascade,
  key          text not null,
  bytes        bigint not null,
  began_at     timestamptz not null,
  primary key (workspace_id, key)
);
create index upload_budget_by_age on upload_budget (workspace_id, began_at);
