-- Until then a visible tab of the session counts, and its person is pushed nothing. Null: there is none.
alter table login_session add column visible_until timestamptz;

-- Until then the agent's clients count that do not sleep; with asleep_until, the lease is the later of both.
alter table agent add column awake_until timestamptz;
-- The lease ends because the phone that sleeps did not answer a push.
alter table agent add column push_missed boolean not null default false;

create table push_subscription (
  workspace_id    uuid not null,
  subscription_id uuid not null,
  user_id         uuid not null,
  session_id      uuid not null,
  endpoint        text not null,
  endpoint_hash   bytea not null,
  public_key      bytea not null check (length(public_key) = 65),
  auth            bytea not null check (length(auth) = 16),
  sleeps          boolean not null,
  language        text not null,
  created_at      timestamptz not null default now(),
  primary key (workspace_id, subscription_id),
  foreign key (workspace_id, session_id) references login_session (workspace_id, session_id) on delete cascade
);
create unique index push_subscription_session on push_subscription (workspace_id, session_id);
create unique index push_subscription_endpoint on push_subscription (workspace_id, endpoint_hash);
create index push_subscription_user on push_subscription (workspace_id, user_id, created_at);

create table push (
  workspace_id    uuid not null,
  push_id         uuid not null,
  subscription_id uuid not null,
  cause           text not null,
  kind            text not null check (kind in ('offer', 'given', 'message', 'consult', 'whisper')),
  conversation_id uuid not null,
  state           text not null default 'due' check (state in ('due', 'sending', 'sent', 'failed')),
  due_at          timestamptz not null,
  expires_at      timestamptz not null,
  created_at      timestamptz not null,
  attempts        smallint not null default 0,
  taken_at        timestamptz,
  token_hash      bytea,
  asleep_until    timestamptz,
  answer_until    timestamptz,
  acknowledged_at timestamptz,
  missed_at       timestamptz,
  primary key (workspace_id, push_id),
  foreign key (workspace_id, subscription_id) references push_subscription (workspace_id, subscription_id) on delete cascade
);
create unique index push_once on push (workspace_id, subscription_id, cause);
create index push_due on push (workspace_id, due_at) where state = 'due';
create index push_unanswered on push (workspace_id, answer_until) where answer_until is not null;
create index push_by_token on push (workspace_id, token_hash) where token_hash is not null;
create index push_by_time on push (workspace_id, created_at);
