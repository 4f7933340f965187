// Has the database note each state in which an agent is committed: no table of Usher keeps what an agent had before.
import type { Judge } from './open-database.ts';

// A row's writers take turns until their commit, so the notes of an agent are in order.
const NOTE = `create table if not exists torture_load (
    noted_id bigint generated always as identity primary key, agent_id uuid, load_before integer,
    load integer, capacity integer, claimed boolean, xid xid8 default pg_current_xact_id());
  create or replace function note_torture_load() returns trigger language plpgsql as $$ begin
    insert into torture_load (agent_id, load_before, load, capacity, claimed)
    values (new.agent_id, old.load, new.load, new.effective_capacity,
      new.last_assigned_at is distinct from old.last_assigned_at);
    return null;
  end $$;
  create or replace trigger note_torture_load after update on agent
    for each row execute function note_torture_load();`;

export async function noteLoads(judge: Judge): Promise<void> {
  await judge.read(NOTE);
}
