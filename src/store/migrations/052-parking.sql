-- Parked: its agent has set it aside until a time or until the contact writes. It keeps its agent, and takes none of
-- the agent's capacity. The columns mean something only while it is parked.
alter table conversation
  add column parked_at timestamptz,
  -- null: until the contact writes.
  add column parked_until timestamptz,
  add column parked_by text,
  drop constraint conversation_state_check,
  drop constraint conversation_check,
  add constraint conversation_state_check check (state in ('waiting', 'assigned', 'parked', 'closed')),
  add constraint conversation_check check ((state in ('assigned', 'parked')) = (agent_id is not null and closed_at is null));
-- What comes back next.
create index conversation_parked on conversation (workspace_id, parked_until)
  where state = 'parked' and parked_until is not null;
-- What each agent has parked.
create index conversation_parked_by on conversation (workspace_id, agent_id) where state = 'parked';
