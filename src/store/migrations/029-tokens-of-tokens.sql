-- Which token made a token: what a token had made outlived it.

alter table token
  -- With it, this one ends. null: a person or the start of a server made it.
  add column maker_token_id uuid;

-- Of those that are there: where one token alone, of no agent, had the name that the audit gives.
update token t set maker_token_id = p.token_id
from token p
where p.workspace_id = t.workspace_id and p.agent_id is null and t.made_by = 'token:' || p.name
  and p.created_at < t.created_at
  and not exists (select from token q where q.workspace_id = t.workspace_id and q.agent_id is null
    and q.name = p.name and q.token_id <> p.token_id and q.created_at < t.created_at);

create index token_of_maker_token on token (workspace_id, maker_token_id) where revoked_at is null;
