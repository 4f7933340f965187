-- How soon a conversation must be answered and ended, by the targets of its plan.
alter table conversation
  -- Which targets are open, and what has been said as far as they ask; null: its plan has none.
  add column targets jsonb,
  -- Whose message changes them: agent or contact; end: nobody's; null: it has none.
  add column target_awaits text,
  -- Of the open target that is due first.
  add column target_soon_at timestamptz,
  add column target_due_at timestamptz,
  -- When they must be looked at.
  add column target_turn_at timestamptz;
create index conversation_target_turn on conversation (workspace_id, target_turn_at)
  where target_turn_at is not null;

-- A target that was met or missed. It was met at the moment in which it was done, and missed at the one in which it was due.
create table target_result (
  workspace_id    uuid not null,
  conversation_id uuid not null,
  kind            text not null check (kind in ('firstAnswer', 'nextAnswer', 'end')),
  since           timestamptz not null,
  plan            text not null,
  due_at          timestamptz not null,
  decided_at      timestamptz not null,
  met             boolean not null,
  -- Who answered or ended it in time, or had it when it was missed; null: nobody.
  agent_id        uuid,
  primary key (workspace_id, conversation_id, kind, since)
);
create index target_result_decided on target_result (workspace_id, decided_at);
