-- runs under: 072-passes-uncompressed.sql
-- A page of what a team or a channel closed, or of what has a tag, when these are few among many.
create index conversation_ended_in_team on conversation (workspace_id, team_id, closed_at, conversation_id)
  where state = 'closed' and team_id is not null;
create index conversation_ended_on_channel on conversation (workspace_id, channel_id, closed_at, conversation_id)
  where state = 'closed';
create index conversation_ended_with_tag on conversation using gin (tags) where state = 'closed' and cardinality(tags) > 0;
