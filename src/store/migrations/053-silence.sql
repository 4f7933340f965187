-- Whose silence lasts too long in a conversation that an agent holds, by its plan.
alter table conversation
  -- What has been said as far as silence asks, and what has followed from it; null: its plan has no limits of it.
  add column silence jsonb,
  -- Whose silence counts: agent or contact; acceptance: nobody's, until the agent accepts; null: nobody's.
  add column silence_awaits text,
  -- When it must be looked at, while it is assigned.
  add column silence_at timestamptz,
  -- While it is assigned: since when supervisors know that the contact waits for the agent too long.
  add column unanswered_at timestamptz;
create index conversation_silence on conversation (workspace_id, silence_at)
  where state = 'assigned' and silence_at is not null;
