-- What a repeat under the same Idempotency-Key is answered: without it, whoever lost an answer and asks again
-- has everything done twice.
create table kept_answer (
  workspace_id uuid        not null references workspace on delete cascade,
  -- Of the user or the token that asked; keys of one mean nothing to another.
  actor_id     text        not null,
  -- The key itself is not kept: the answer is sealed with it.
  key_hash     bytea       not null,
  -- Of the method, the address and the body.
  request_hash bytea       not null,
  -- Of the attempt that is under way, so that one that was given up writes no answer.
  run_id       uuid        not null,
  begun_at     timestamptz not null,
  -- null: it is under way.
  status       smallint,
  answer       text,
  primary key (workspace_id, actor_id, key_hash)
);
create index kept_answer_by_age on kept_answer (workspace_id, begun_at);
