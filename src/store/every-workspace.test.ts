// Workspaces are gone through side by side: one that fails or hangs keeps none of the others, nor a chore another.
import { v7 as uuid } from 'uuid';
import { expect, onTestFinished, test, vi } from 'vitest';
import { makeDatabase } from '../../test/makers/make-database.ts';
import { everyWorkspace } from './every-workspace.ts';
import { insertWorkspace } from './workspaces.ts';

async function makeWorkspaces(count: number) {
  const { pool } = await makeDatabase();
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const workspaceId = uuid();
    await insertWorkspace(pool, { workspaceId, name: `${n}`, defaultCapacity: 2 });
    ids.push(workspaceId);
  }
  return { pool, ids };
}

test('a workspace that fails, and one that hangs, keep no later one waiting', async () => {
  const { pool, ids } = await makeWorkspaces(5);
  const [failing, hanging, ...others] = ids;
  const hang = Promise.withResolvers<void>();
  const served: string[] = [];
  const errors: string[] = [];
  const loop = everyWorkspace(
    { db: pool, sweepMs: 10, onError: (_, what) => void errors.push(what) },
    {
      'the test': async (workspaceId) => {
        if (workspaceId === failing) throw new Error('broken');
        if (workspaceId === hanging) await hang.promise;
        served.push(workspaceId);
      },
    },
  );
  onTestFinished(async () => {
    hang.resolve();
    await loop.stop();
  });
  await vi.waitFor(() => expect(served).toEqual(others), 20_000);
  expect(errors).toEqual([`the test failed for workspace ${failing}`]);
});

test('every chore is done, in order, though those before it throw; each failure is told by its name', async () => {
  const { pool, ids } = await makeWorkspaces(1);
  const done: string[] = [];
  const errors: string[] = [];
  const fail = (what: string) => async () => {
    done.push(what);
    throw new Error('broken');
  };
  const loop = everyWorkspace(
    { db: pool, sweepMs: 60_000, onError: (_, what) => void errors.push(what) },
    {
      ...{ first: fail('first'), second: fail('second') },
      third: async () => done.push('third'),
    },
  );
  onTestFinished(() => loop.stop());
  await vi.waitFor(() => expect(done).toEqual(['first', 'second', 'third']), 20_000);
  expect(errors).toEqual(
    ['first', 'second'].map((what) => `${what} failed for workspace ${ids[0]}`),
  );
});
