-- Signing in, bound to what was proved. An e-mail address can change hands at an identity provider, so a
-- person is known there by issuer and subject. A session knows how and where it began, when its person
-- last proved who they are, and when it ends; one that still waits for a second factor opens nothing.

create table user_identity (
  workspace_id uuid not null,
  issuer       text not null,
  subject      text not null,
  user_id      uuid not null,
  bound_at     timestamptz not null default now(),
  primary key (workspace_id, issuer, subject),
  foreign key (workspace_id, user_id) references user_account on delete cascade
);
-- One person there for each person here.
create unique index user_identity_of_user on user_identity (workspace_id, user_id, issuer);

alter table login_session
  add column begun_by text not null default 'password',
  add column stage text not null default 'full' check (stage in ('full', 'code', 'enrol')),
  add column proved_at timestamptz,
  add column expires_at timestamptz not null default now() + interval '90 days',
  add column address text,
  add column user_agent text;

create table second_factor (
  workspace_id uuid not null,
  user_id      uuid not null,
  secret       text not null,
  created_at   timestamptz not null default now(),
  -- null: shown, and not yet proved to be kept.
  confirmed_at timestamptz,
  -- Of the last code that was taken: no code is taken twice.
  last_step    bigint not null default 0,
  primary key (workspace_id, user_id),
  foreign key (workspace_id, user_id) references user_account on delete cascade
);

create table recovery_code (
  workspace_id uuid not null,
  user_id      uuid not null,
  hash         bytea not null,
  primary key (workspace_id, user_id, hash),
  foreign key (workspace_id, user_id) references second_factor on delete cascade
);
