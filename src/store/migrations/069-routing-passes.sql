-- What each routing pass that gave something decided on, as far as no other record has it. A replay decides it again.
create table routing_pass (
  workspace_id     uuid not null,
  at               timestamptz not null,
  -- In the order of the passes: one pass of a workspace is made at a time.
  pass_seq         bigint generated always as identity,
  policy_version   integer not null,
  -- By rank, those that were decided about, to the last that was given.
  conversation_ids uuid[] not null,
  -- Null: nobody could be given it.
  assignment_ids   uuid[] not null,
  rank_ats         float8[] not null,
  -- Of the groups of needs in `facts`.
  group_numbers    smallint[] not null,
  facts            jsonb not null,
  primary key (workspace_id, at, pass_seq)
);

-- What of an agent passes look at and no assignment changes, by the digest that passes name it with.
create table routing_agent (
  workspace_id uuid not null,
  agent_id     uuid not null,
  setup        text not null,
  facts        jsonb not null,
  primary key (workspace_id, agent_id, setup)
);
