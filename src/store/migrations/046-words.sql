-- A plan is full when so many wait in it, and the contact is told its place: counted in the order of the queue.
create index conversation_in_plan on conversation (workspace_id, plan, rank_at, conversation_id)
  where state = 'waiting' and plan is not null;
-- How long the last ones of a plan waited: only those that were given away at once after their waiting.
create index conversation_given_in_plan on conversation (workspace_id, plan, assigned_at)
  where plan is not null and assigned_at is not null and came_back is null;
