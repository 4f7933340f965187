-- An agent whom an outside system no longer lists is set aside instead of deleted: hidden and given
-- nothing, but known, so that whoever is listed again is who they were.
alter table agent add column set_aside_at timestamptz;
alter table agent_identity
  add column set_aside_at timestamptz,
  -- More than is believed is reported since then, and the least of it: a count that never settles, because
  -- the load changes all the time, is believed after a while all the same.
  add column excess integer,
  add column excess_since timestamptz;
