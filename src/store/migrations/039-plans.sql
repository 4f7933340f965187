alter table agent_skill add column level smallint not null default 1 check (level between 1 and 5);

-- Read with every conversation that opens: without them a large policy would be read whole each time.
alter table policy add column boosts jsonb generated always as (body -> 'boostSeconds') stored;
alter table policy add column has_rules boolean not null generated always as (body ? 'rules') stored;

alter table conversation
  -- The least level of each of skill_ids; shorter: 1.
  add column skill_levels smallint[] not null default '{}',
  -- The plan by which it waits, since when, and at which step; null: the policy has none.
  add column plan text,
  add column plan_since timestamptz,
  add column plan_step smallint,
  -- When the router must look at it again although nothing happens.
  add column router_due_at timestamptz,
  -- The policy by whose rules it was given its plan; 0: rules are still to be asked; null: there were none.
  add column policy_version integer,
  -- What it came with, which rule matched and why.
  add column route jsonb;
create index conversation_router_due on conversation (workspace_id, router_due_at)
  where state = 'waiting' and router_due_at is not null;
create index conversation_to_route on conversation (workspace_id, policy_version)
  where state = 'waiting' and policy_version is not null;
