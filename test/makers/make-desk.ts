// A desk on a test database, with a workspace, a policy and a router that the test runs by hand.

import { v7 as uuid } from 'uuid';
import type { PolicyDocument } from '../../src/contract/policy/document.ts';
import { defaultPolicy } from '../../src/contract/policy/policy.ts';
import type { Desk } from '../../src/desk/context.ts';
import { makeRoster } from '../../src/desk/roster.ts';
import { routeWaiting } from '../../src/desk/route-waiting.ts';
import type { Pass } from '../../src/desk/write-pass.ts';
import { insertPolicy, insertWorkspace } from '../../src/store/workspaces.ts';
import { makeDatabase, type TestDatabase } from './make-database.ts';
import { promising } from './promising.ts';
import { silentDesk } from './silent-desk.ts';
import { makeTestClock, type TestClock } from './test-clock.ts';

export interface TestDesk {
  database: TestDatabase;
  desk: Desk;
  clock: TestClock;
  workspaceId: string;
  /** Runs passes until nothing more can be assigned; answers how many were. */
  route(): Promise<number>;
  /** How often a verb asked for the router. */
  wakes(): number;
}

export async function makeDesk(policy: Partial<PolicyDocument> = {}): Promise<TestDesk> {
  const database = await makeDatabase();
  const workspaceId = uuid();
  await insertWorkspace(database.pool, { workspaceId, name: 'Test', defaultCapacity: 2 });
  const body = { ...defaultPolicy, ...policy };
  await insertPolicy(promising(database.pool), { workspaceId, policy: body, createdBy: 'test' });
  const roster = makeRoster(workspaceId);
  const clock = makeTestClock(database.pool);
  let wakes = 0;
  const wake = () => {
    wakes += 1;
  };
  const desk: Desk = silentDesk(database.pool, { clock, wake });
  const route = async (): Promise<number> => {
    let total = 0;
    let pass: Pass;
    do {
      pass = await routeWaiting(desk, { workspaceId, roster });
      total += pass.assigned;
    } while (pass.more);
    return total;
  };
  return { database, desk, clock, workspaceId, route, wakes: () => wakes };
}
