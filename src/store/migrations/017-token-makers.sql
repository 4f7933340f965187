-- Who made a token, and what of its role it may use: a token outlived the person who made it, and nobody
-- could tell whose it was.

alter table token
  -- As the audit names who did it; null: the start of a server made it.
  add column made_by text,
  -- The user behind that: with their right to make tokens, theirs end.
  add column maker_id uuid,
  -- null: all that the role may.
  add column scopes text[];

-- Of those that are there, the audit knows.
update token t set made_by = a.actor from audit_entry a
where a.workspace_id = t.workspace_id and a.object_id = t.token_id and a.action = 'token.created';
update token t set maker_id = u.user_id from user_account u
where u.workspace_id = t.workspace_id and t.made_by = 'agent:' || u.agent_id::text;

create index token_of_maker on token (workspace_id, maker_id) where revoked_at is null;
