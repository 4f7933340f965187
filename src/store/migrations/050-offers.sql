-- An offer is a pending assignment with a deadline.
alter table conversation add column offered_until timestamptz;
alter table assignment
  add column offered_until timestamptz,
  add column decline_reason text;
-- Where a channel's acceptance is manual, what is pending was offered for thirty seconds.
update conversation c set offered_until = c.assigned_at + interval '30 seconds' from channel h
  where h.workspace_id = c.workspace_id and h.channel_id = c.channel_id and h.config ->> 'acceptance' = 'manual'
    and c.state = 'assigned' and c.confirmed_at is null;
update assignment a set offered_until = c.offered_until from conversation c
  where c.workspace_id = a.workspace_id and c.conversation_id = a.conversation_id
    and c.offered_until is not null and a.ended_at is null;
-- The deadlines of the offers that stand.
create index conversation_offered on conversation (workspace_id, offered_until)
  where state = 'assigned' and offered_until is not null;
-- How many offers in a row an agent has missed.
create index assignment_offered on assignment (workspace_id, agent_id, assigned_at) where offered_until is not null;
