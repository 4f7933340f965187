-- Whom a waiting conversation is not given to had neither a cause nor an end: an agent who was away for
-- a moment was excluded for good. excluded_agent_ids stays what the router reads; the ends live here.
alter table conversation
  add column exclusions jsonb not null default '[]',
  add column exclusion_ends_at timestamptz;
create index conversation_excluding on conversation (workspace_id, exclusion_ends_at)
  where state = 'waiting' and exclusion_ends_at is not null;

update conversation set exclusion_ends_at = now(), exclusions = (
    select jsonb_agg(jsonb_build_object('agentId', agent_id, 'cause', 'unknown', 'until', now(), 'times', 1))
    from unnest(excluded_agent_ids) as agent_id)
where state <> 'closed' and excluded_agent_ids <> '{}';
