-- runs under: 072-passes-uncompressed.sql
-- An operator suspends a workspace, bounds what it may use, and removes it after a wait. Servers that do not know these
-- columns go on serving a suspended workspace: update all nodes before you suspend one.
alter table workspace
  add column suspended_at timestamptz,
  add column suspended_why text,
  add column remove_at timestamptz,
  add column bounds jsonb not null default '{}';
