-- An operator makes, renames and removes workspaces. Each is reached by its own sign-in address, which
-- names it by a word; one that is being removed is gone for everybody while its rows are deleted in steps.
alter table workspace add column slug text not null default gen_random_uuid()::text;
alter table workspace add column removed_at timestamptz;
update workspace set slug = 'default' where workspace_id = '01900000-0000-7000-8000-000000000001';
