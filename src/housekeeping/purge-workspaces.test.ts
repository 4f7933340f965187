// What removed workspaces have left is deleted, of each though another's cannot be.
import { v7 as uuid } from 'uuid';
import { expect, onTestFinished, test, vi } from 'vitest';
import { makeDatabase } from '../../test/makers/make-database.ts';
import { everyWorkspace } from '../loops/every-workspace.ts';
import { insertWorkspace } from '../store/workspaces.ts';
import { purgeWorkspaces } from './purge-workspaces.ts';

test('a removed workspace that cannot be deleted keeps none of the others', async () => {
  const { pool: db } = await makeDatabase();
  const [stuck, other] = [uuid(), uuid()];
  for (const workspaceId of [stuck, other]) {
    await insertWorkspace(db, { workspaceId, name: 'Removed', defaultCapacity: 2 });
    await db.query('update workspace set removed_at = clock_timestamp() where workspace_id = $1', [
      workspaceId,
    ]);
  }
  await db.query(
    `create function refuse() returns trigger language plpgsql as $$ begin raise 'stuck'; end $$`,
  );
  await db.query(`create trigger refuse before delete on workspace for each row
    when (old.workspace_id = '${stuck}') execute function refuse()`);
  const errors: string[] = [];
  const loop = everyWorkspace(purgeWorkspaces(db), {
    onError: (_, what) => void errors.push(what),
  });
  onTestFinished(() => loop.stop());

  const left = async () =>
    (await db.query('select workspace_id as id from workspace where removed_at is not null')).rows;
  await vi.waitFor(async () => expect(await left()).toEqual([{ id: stuck }]), 20_000);
  const told = `deleting a removed workspace failed for workspace ${stuck}`;
  await vi.waitFor(() => expect(errors).toEqual([told]), 20_000);
});
