// What bounds a run and the results that are kept, with limits that a test meets.
import { expect, onTestFinished, test } from 'vitest';
import { makeClock, realTime } from '../clock.ts';
import { type LabLimits, openLab } from './open-lab.ts';

const flood = {
  arrivals: 1_000_000,
  kinds: [{ name: 'all', rate: 1000, service: { fixed: 100_000 } }],
  agents: [{ name: 'one' }],
};
const small = { ...flood, arrivals: 100, agents: [{ name: 'many', count: 200 }] };
const workspaceId = 'here';

function open(limits: Partial<LabLimits> = {}) {
  const time = { ahead: 0 };
  const clock = makeClock({ ...realTime, elapsed: () => performance.now() + time.ahead });
  const lab = openLab({ clock, limits });
  onTestFinished(lab.close);
  const run = (scenario: unknown, of = workspaceId) => lab.run({ workspaceId: of, scenario }).id;
  const get = (id: string, of = workspaceId) => lab.get({ workspaceId: of, id });
  const ended = async (id: string, of = workspaceId) => {
    await expect.poll(() => get(id, of)?.state, { timeout: 30_000 }).toMatch(/done|failed/);
    return get(id, of);
  };
  return { lab, run, get, ended, time };
}

test('a run that needs more memory than it may have ends alone, and says so', async () => {
  const { run, ended } = open({ memoryMb: 24 });
  expect(await ended(run(flood))).toMatchObject({ state: 'failed', problem: 'too-much-memory' });
  expect(await ended(run(small))).toMatchObject({ state: 'done' });
});

test('a run that takes too long is ended', async () => {
  const { run, ended } = open({ withinMs: 300 });
  expect(await ended(run(flood))).toMatchObject({ state: 'failed', problem: 'too-long' });
});

test('no workspace sees or ends the run of another', async () => {
  const { lab, run, get, ended } = open();
  const id = run(small);
  expect(get(id, 'elsewhere')).toBeNull();
  expect(await lab.cancel({ workspaceId: 'elsewhere', id })).toBe(false);
  expect(await ended(id)).toMatchObject({ state: 'done' });
});

test('a workspace that starts many does not keep another one waiting', async () => {
  const { run, get, ended } = open({ most: 2, mostEach: 1 });
  const [first, second] = [run(flood), run(flood)];
  const other = run(small, 'elsewhere');
  expect([get(first)?.state, get(second)?.state]).toEqual(['running', 'waiting']);
  expect(get(other, 'elsewhere')?.state).toBe('running');
  expect(await ended(other, 'elsewhere')).toMatchObject({ state: 'done' });
});

test('results are kept for so long, so many, and no more', async () => {
  const { run, get, ended, time } = open({ mostKeptEach: 2 });
  const ids = [];
  for (let nth = 0; nth < 3; nth += 1) {
    const id = run(small);
    await ended(id);
    ids.push(id);
  }
  expect(ids.map((id) => get(id)?.state ?? null)).toEqual([null, 'done', 'done']);
  time.ahead = 3_600_000;
  expect(ids.map((id) => get(id)?.state ?? null)).toEqual([null, null, null]);
});

test('a result that is larger than all that are kept may be is not kept', async () => {
  const { run, get } = open({ keptSize: 1 });
  const id = run(small);
  await expect.poll(() => get(id), { timeout: 30_000 }).toBeNull();
});

test('what is closed leaves no thread behind', async () => {
  const { lab, run, get } = open();
  const id = run(flood);
  await lab.close();
  expect(get(id)).toBeNull();
});

test('a scenario that no thread can be given ends at once, and the next is run', async () => {
  const { run, ended } = open();
  let deep: unknown = 1;
  for (let level = 0; level < 20_000; level += 1) deep = [deep];
  const [kind] = small.kinds;
  const id = run({ ...small, kinds: [{ ...kind, needs: { fields: { x: deep } } }] });
  expect(await ended(id)).toMatchObject({ state: 'failed', problem: 'faulty' });
  expect((await ended(id))?.faults).toMatchObject([{ path: '', code: 'scenario.too-deep' }]);
  // Functions cannot be handed over.
  expect(await ended(run({ ...small, seed: () => 1 }))).toMatchObject({ problem: 'broken' });
  expect(await ended(run(small))).toMatchObject({ state: 'done' });
});
