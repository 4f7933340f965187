-- Until then the agent's phone counts, which may sleep, whatever becomes of other clients. Null: there is none.
alter table agent add column asleep_until timestamptz;
