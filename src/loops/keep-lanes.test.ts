import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../../test/makers/start-test-usher.ts';
import { keepLanes } from './keep-lanes.ts';

function makeLanes(letGoAfterMs: number) {
  const opened: string[] = [];
  const busy = new Set<string>();
  const lanes = keepLanes(
    (workspaceId) => {
      opened.push(workspaceId);
      return { isQuiet: () => !busy.has(workspaceId), stop: async () => {} };
    },
    { letGoAfterMs },
  );
  onTestFinished(() => lanes.stop());
  return { lanes, opened, busy };
}

test('what is asked of a workspace goes to one lane', () => {
  const { lanes, opened } = makeLanes(60_000);
  expect(lanes.of('a')).toBe(lanes.of('a'));
  expect(lanes.of('b')).not.toBe(lanes.of('a'));
  expect(opened).toEqual(['a', 'b']);
});

test('a lane is let go once nothing was asked of it for a while, but not while it has something to do', async () => {
  const { lanes, busy } = makeLanes(20);
  busy.add('busy');
  for (const workspaceId of ['quiet', 'busy']) lanes.of(workspaceId);
  await eventually(
    () => lanes.known('quiet'),
    (lane) => lane === undefined,
  );
  expect(lanes.known('busy')).toBeDefined();
  busy.clear();
  await eventually(
    () => lanes.known('busy'),
    (lane) => lane === undefined,
  );
});
