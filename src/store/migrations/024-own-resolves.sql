-- A closing that we tell an outside system comes back as its resolve. Whose a resolve is could only be
-- guessed by the time that had passed; now the answer's session is kept in session_id, and the moment
-- of an answer without one here.
alter table conversation add column resolved_there_at timestamptz;
