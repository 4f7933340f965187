-- To whom the contact belongs; null: to nobody.
alter table contact add column agent_id uuid;

-- When it began to wait for one agent alone, whom its needs name: a value of roster_version, so that a
-- routing pass learns of new ones as it learns of changed agents. null: it waits for nobody by name.
alter table conversation add column awaits_version bigint;
create index conversation_awaiting on conversation (workspace_id, awaits_version)
  where state = 'waiting' and awaits_version is not null;
