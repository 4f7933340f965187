-- A team may be handed over to a department of a mirror (Rocket.Chat), whose own routing then chooses the agent.
-- Both mean something only while the conversation waits.
-- The channel and the department to whom it was given, as channel:department; null: to nobody.
alter table conversation add column handed_to text;
-- Until then the mirror alone decides; null beside a handed_to: our routing may decide as well.
alter table conversation add column handed_until timestamptz;
create index conversation_handed on conversation (workspace_id, handed_until)
  where state = 'waiting' and handed_until is not null;

-- The department for which the room was opened; null: for an agent whom our routing chose.
alter table desk_room add column department_id text;
-- We are about to close it over there, and its conversation goes on.
alter table desk_room add column leaving boolean not null default false;

-- The department whose routing over there chose the agent, by its name; null: chosen here, or by people.
alter table assignment add column department text;
