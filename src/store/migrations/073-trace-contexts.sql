-- runs under: 072-passes-uncompressed.sql
-- Which span has changed a conversation, so that passes and deliveries join the trace. It is written only where traces are
-- on, for an hour, and may be lost: unlogged, so that it adds nothing to the log that commits wait for.
create unlogged table trace_context (
  workspace_id uuid not null,
  conversation_id uuid not null,
  at timestamptz not null,
  trace_id text not null,
  span_id text not null,
  primary key (workspace_id, conversation_id, at)
);
create index trace_context_by_time on trace_context (workspace_id, at);
