-- What reports count of a day that is over, packed; and which packed days no longer hold.

create table report_day (
  workspace_id  uuid not null,
  -- Of UTC.
  day           date not null,
  -- Counts its packings: of two packers, the one that read first does not overwrite the other.
  version       integer not null,
  packed_at     timestamptz not null default now(),
  -- Columns of numbers, as src/store/packed-columns.ts writes them; names are JSON.
  names         text not null,
  places        bytea not null,
  counts        bytea not null,
  waits         bytea not null,
  first_answers bytea not null,
  handlings     bytea not null,
  primary key (workspace_id, day)
);
-- Read as a whole, and often: taking them apart would cost more than their bytes.
alter table report_day
  alter column names set storage external,
  alter column places set storage external,
  alter column counts set storage external,
  alter column waits set storage external,
  alter column first_answers set storage external,
  alter column handlings set storage external;

-- A row for each change to what a day before today counts, written with the change. Each has its own, so that no
-- change waits for another; whoever packs the day deletes those that it saw, and one that it did not see remains.
create table report_day_change (
  workspace_id uuid not null,
  day          date not null,
  change_id    bigint generated always as identity,
  primary key (workspace_id, day, change_id)
);

-- Marks the days of these times, and of everything that reports count of these conversations: whose it is, and which
-- assignment or answer was the first, is told of the conversation as a whole.
create function mark_report_days(of_workspace uuid, of_conversations uuid[], times timestamptz[]) returns void
language plpgsql as $$
begin
  insert into report_day_change (workspace_id, day)
  select of_workspace, (fact.at at time zone 'UTC')::date from (
    select unnest(times) as at
    union select v.at from conversation c cross join lateral (values (c.queued_at), (c.closed_at), (c.rated_at)) v(at)
      where c.workspace_id = of_workspace and c.conversation_id = any (of_conversations)
    union select v.at from assignment a cross join lateral (values (a.assigned_at), (a.ended_at)) v(at)
      where a.workspace_id = of_workspace and a.conversation_id = any (of_conversations)
    union select m.created_at from message m
      where m.workspace_id = of_workspace and m.conversation_id = any (of_conversations) and m.kind = 'text' and not m.history
    union select r.decided_at from target_result r
      where r.workspace_id = of_workspace and r.conversation_id = any (of_conversations)
  ) fact
  where fact.at < date_trunc('day', now(), 'UTC')
    and exists (select from workspace w where w.workspace_id = of_workspace and w.removed_at is null)
  group by 2;
end $$;

-- The conditions stand at the triggers: where none holds, as for nearly every write, no function is called.

create function mark_report_conversation() returns trigger language plpgsql as $$
begin
  perform mark_report_days(new.workspace_id, array[new.conversation_id],
    case tg_op when 'UPDATE' then array[old.queued_at, old.closed_at, old.rated_at] end);
  return null;
end $$;

create trigger report_conversation_added after insert on conversation for each row
when (new.queued_at < date_trunc('day', now(), 'UTC'))
execute function mark_report_conversation();

create trigger report_conversation_changed
after update of queued_at, agent_id, team_id, channel_id, plan, state, closed_at, rating_score, rating_comment, rated_at
on conversation for each row
when (
  least(old.queued_at, new.queued_at) < date_trunc('day', now(), 'UTC')
    and (old.queued_at, old.agent_id, old.team_id, old.channel_id, old.plan)
      is distinct from (new.queued_at, new.agent_id, new.team_id, new.channel_id, new.plan)
  or least(old.closed_at, new.closed_at) < date_trunc('day', now(), 'UTC') and old.closed_at is distinct from new.closed_at
  or least(old.rated_at, new.rated_at) < date_trunc('day', now(), 'UTC')
    and (old.rating_score, old.rating_comment, old.rated_at) is distinct from (new.rating_score, new.rating_comment, new.rated_at)
) execute function mark_report_conversation();

create function mark_report_assignment() returns trigger language plpgsql as $$
begin
  perform mark_report_days(new.workspace_id, array[new.conversation_id],
    case tg_op when 'UPDATE' then array[old.assigned_at, old.ended_at] end);
  return null;
end $$;

create trigger report_assignment_added after insert on assignment for each row
when (new.assigned_at < date_trunc('day', now(), 'UTC'))
execute function mark_report_assignment();

create trigger report_assignment_changed after update of agent_id, state, assigned_at, ended_at on assignment for each row
when (
  least(old.ended_at, new.ended_at) < date_trunc('day', now(), 'UTC')
  or least(old.assigned_at, new.assigned_at) < date_trunc('day', now(), 'UTC')
    and (old.agent_id, old.assigned_at, old.state = 'undone') is distinct from (new.agent_id, new.assigned_at, new.state = 'undone')
) execute function mark_report_assignment();

create function mark_report_message() returns trigger language plpgsql as $$
begin
  perform mark_report_days(new.workspace_id, array[new.conversation_id],
    case tg_op when 'UPDATE' then array[old.created_at] end);
  return null;
end $$;

-- History is not counted.
create trigger report_message_added after insert on message for each row
when (new.created_at < date_trunc('day', now(), 'UTC') and new.kind = 'text' and not new.history)
execute function mark_report_message();

create trigger report_message_changed after update of kind, author_kind, author_id, created_at, history on message for each row
when (least(old.created_at, new.created_at) < date_trunc('day', now(), 'UTC'))
execute function mark_report_message();

create function mark_report_target() returns trigger language plpgsql as $$
begin
  perform mark_report_days(new.workspace_id, '{}',
    array[new.decided_at, case tg_op when 'UPDATE' then old.decided_at end]);
  return null;
end $$;

create trigger report_target_added after insert on target_result for each row
when (new.decided_at < date_trunc('day', now(), 'UTC'))
execute function mark_report_target();

create trigger report_target_changed after update on target_result for each row
when (least(old.decided_at, new.decided_at) < date_trunc('day', now(), 'UTC'))
execute function mark_report_target();

-- What is deleted is deleted by the hundred, so these look at all rows of a statement at once.

create function mark_report_conversations_gone() returns trigger language plpgsql as $$
begin
  perform mark_report_days(g.workspace_id, array_agg(g.conversation_id),
    array_agg(distinct g.queued_at) || array_agg(distinct g.closed_at) || array_agg(distinct g.rated_at))
  from gone g group by g.workspace_id;
  return null;
end $$;
create trigger report_conversations_gone after delete on conversation referencing old table as gone
for each statement execute function mark_report_conversations_gone();

create function mark_report_assignments_gone() returns trigger language plpgsql as $$
begin
  perform mark_report_days(g.workspace_id, array_agg(distinct g.conversation_id),
    array_agg(distinct g.assigned_at) || array_agg(distinct g.ended_at))
  from gone g group by g.workspace_id;
  return null;
end $$;
create trigger report_assignments_gone after delete on assignment referencing old table as gone
for each statement execute function mark_report_assignments_gone();

create function mark_report_messages_gone() returns trigger language plpgsql as $$
begin
  perform mark_report_days(g.workspace_id, array_agg(distinct g.conversation_id), array_agg(distinct g.created_at))
  from gone g where g.kind = 'text' and not g.history group by g.workspace_id;
  return null;
end $$;
create trigger report_messages_gone after delete on message referencing old table as gone
for each statement execute function mark_report_messages_gone();

create function mark_report_targets_gone() returns trigger language plpgsql as $$
begin
  perform mark_report_days(g.workspace_id, '{}', array_agg(distinct g.decided_at)) from gone g group by g.workspace_id;
  return null;
end $$;
create trigger report_targets_gone after delete on target_result referencing old table as gone
for each statement execute function mark_report_targets_gone();

-- Whether somebody is a bot never changes; where a hand changes it, all days are counted again.
create function mark_report_agent() returns trigger language plpgsql as $$
begin
  insert into report_day_change (workspace_id, day) select d.workspace_id, d.day from report_day d where d.workspace_id = new.workspace_id;
  return null;
end $$;
create trigger report_agent_changed after update of kind on agent for each row
when (old.kind <> new.kind) execute function mark_report_agent();
