-- By it a look finds the workspaces in which somebody may have left something behind, however many there are.
create index agent_left on agent (workspace_id)
  where load > 0 and (deleted_at is not null or availability <> 'online' or lease_until < 'infinity');
