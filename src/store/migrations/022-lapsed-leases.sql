-- An agent whose lease is over is offline, for everybody who looks and on record. What the agent chose is
-- remembered, so that a client that comes back after a sleep or a lost line goes on as before.
alter table agent add column lapsed boolean not null default false;
create index agent_leased on agent (workspace_id, lease_until) where availability = 'online' and lease_until < 'infinity';
