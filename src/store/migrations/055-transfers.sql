-- Who gave a conversation on last, from whom, and why; null: nobody since it came or was put back into the queue.
alter table conversation add column transfer jsonb;
-- The latest note that was whispered to its agent: number, to whom, by whom, when.
alter table conversation add column whisper jsonb;

-- What a note is for; null: just a note.
alter table message
  add column mark text check (mark in ('transfer', 'consult', 'whisper')),
  add column to_agent_ids uuid[],
  add check (mark is null or kind = 'note');

-- Whom the agent of a conversation has asked to read along and write notes. Ended ones stay for a while, so that
-- whoever was asked is told that it is over.
create table consultation (
  workspace_id    uuid not null references workspace (workspace_id),
  conversation_id uuid not null,
  agent_id        uuid not null,
  -- As events name them.
  asked_by        text not null,
  note            text,
  asked_at        timestamptz not null,
  ended_at        timestamptz,
  primary key (workspace_id, conversation_id, agent_id)
);
create index consultation_by_agent on consultation (workspace_id, agent_id) where ended_at is null;
create index consultation_ended on consultation (workspace_id, ended_at) where ended_at is not null;
