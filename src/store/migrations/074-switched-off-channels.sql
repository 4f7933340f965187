-- runs under: 072-passes-uncompressed.sql
-- Since when a channel is switched off: nothing is taken from it and nothing is told to it, and it keeps its row, its
-- conversations and its secrets. null: it is on. Servers of the version before know no channel that is off: switch one
-- off, or import a workspace, when all nodes are updated.
alter table channel add column switched_off_at timestamptz;
