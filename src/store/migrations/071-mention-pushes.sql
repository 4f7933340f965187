-- Whom a note names is pushed that, unless they do not want it.
alter table user_account add column push_mentions boolean not null default true;

alter table push drop constraint push_kind_check;
alter table push add constraint push_kind_check
  check (kind in ('offer', 'given', 'message', 'consult', 'whisper', 'mention'));
