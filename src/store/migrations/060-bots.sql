-- A bot is an agent that is a program: it is given only what a plan gives it first, and counts as no person.
alter table agent add column kind text not null default 'human';
alter table agent add constraint agent_kind_check check (kind in ('human', 'bot'));

-- The bot that listens there: it is told of the conversations that it has, and of no others. Null: it belongs to none.
alter table endpoint add column agent_id uuid;
create unique index endpoint_of_agent on endpoint (workspace_id, agent_id) where agent_id is not null and deleted_at is null;

-- The bots that have handed it over, or from which it was taken: none of them is given it again.
alter table conversation add column left_by_bots uuid[] not null default '{}';

-- What a bot says is told apart from what people say. The new check allows more, so no row has to be read for it.
alter table message drop constraint message_author_kind_check;
alter table message add constraint message_author_kind_check
  check (author_kind in ('contact', 'agent', 'bot', 'user', 'system')) not valid;

-- Reports leave bots out: in most workspaces there is none, and this says so at once.
create index agent_bots on agent (workspace_id, agent_id) where kind = 'bot';
