-- What has ended and is still counted in its agent's load: each line is taken away by the next routing
-- pass. A table of its own, because a mark on the assignment made every pass write each one anew.
create table load_release (
  workspace_id    uuid not null,
  conversation_id uuid not null,
  assignment_id   uuid not null,
  agent_id        uuid not null,
  weight          integer not null,
  released_at     timestamptz not null,
  primary key (workspace_id, conversation_id, assignment_id)
);
insert into load_release
  select workspace_id, conversation_id, assignment_id, agent_id, weight, ended_at
  from assignment where ended_at is not null and not settled;
drop index assignment_unsettled;
alter table assignment drop column settled;
