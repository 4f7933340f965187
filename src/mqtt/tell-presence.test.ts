import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../../test/makers/start-test-usher.ts';
import { makeTestClock } from '../../test/makers/test-clock.ts';
import type { Presence, PresenceState } from '../contract/presence.ts';
import { tellPresence } from './tell-presence.ts';

/** Nodes over one truth, and what visitors are told. `reach` says which news of a node the others get. */
function makeNodes(count: number, { roundMs = 30, againMs = 60_000, letGoAfterMs = 60_000 } = {}) {
  const truth = new Map<string, PresenceState>([['web', 'away']]);
  const told: string[] = [];
  const [listening, looks] = [{ is: true }, { count: 0 }];
  const failing = { is: false, times: 0 };
  const clock = makeTestClock(null);
  const nodes = Array.from({ length: count }, (_, own) =>
    tellPresence({
      clock,
      read: async () => {
        looks.count += 1;
        if (failing.is) throw new Error('the database is away');
        return new Map([...truth].map(([id, state]): [string, Presence] => [id, { state }]));
      },
      wire: {
        isHeard: () => listening.is,
        tellPresence: (workspaceId, channelId, presence) => {
          told.push(`${channelId} is ${presence.state}`);
          nodes.forEach((node, other) => {
            if (other !== own) node.heard(workspaceId, channelId, presence);
          });
        },
      },
      onError: (error) => {
        if (!failing.is) throw error;
        failing.times += 1;
      },
      ...{ roundMs, againMs, letGoAfterMs },
    }),
  );
  onTestFinished(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
  });
  return { clock, truth, told, listening, looks, failing, nodes };
}

test('a change is told once for each channel, however many there were within the round', async () => {
  const { truth, told, looks, nodes } = makeNodes(1, { roundMs: 200 });
  const [node] = nodes;
  truth.set('other', 'here');
  node?.moved('w');
  await eventually(
    () => told.length,
    (length) => length === 2,
  );
  expect(told).toEqual(['web is away', 'other is here']);
  truth.set('web', 'busy');
  for (let n = 0; n < 1000; n += 1) node?.moved('w');
  await eventually(
    () => told.length,
    (length) => length > 2,
  );
  expect(told.slice(2)).toEqual(['web is busy']);
  expect(looks.count).toBe(2);
});

test('whoever asks is answered from the last look, until the round is over', async () => {
  const { truth, looks, nodes } = makeNodes(1, { roundMs: 300 });
  const [node] = nodes;
  expect(await node?.of('w', 'web')).toEqual({ state: 'away' });
  truth.set('web', 'here');
  const asked = await Promise.all(Array.from({ length: 2000 }, () => node?.of('w', 'web')));
  expect(new Set(asked.map((one) => one?.state))).toEqual(new Set(['away']));
  expect(looks.count).toBe(1);
  await eventually(
    () => node?.of('w', 'web'),
    (found) => found?.state === 'here',
  );
});

test('a channel that is younger than the last look is looked at', async () => {
  const { truth, nodes } = makeNodes(1, { roundMs: 60_000 });
  const [node] = nodes;
  await node?.of('w', 'web');
  truth.set('new', 'busy');
  expect(await node?.of('w', 'new')).toEqual({ state: 'busy' });
  expect(await node?.of('w', 'none')).toBeNull();
});

test('what one node has told, another tells again only where it has become otherwise', async () => {
  const { truth, told, nodes } = makeNodes(2);
  const [first, second] = nodes;
  first?.moved('w');
  await eventually(
    () => told,
    ({ length }) => length === 1,
  );
  truth.set('web', 'here');
  second?.moved('w');
  await eventually(
    () => told,
    ({ length }) => length === 2,
  );
  truth.set('web', 'away');
  // It said so itself before, and the other has said otherwise since.
  first?.moved('w');
  await eventually(
    () => told,
    ({ length }) => length === 3,
  );
  expect(told).toEqual(['web is away', 'web is here', 'web is away']);
});

test('what changed without news soon after it was told is told too', async () => {
  const { truth, told, nodes } = makeNodes(1, { roundMs: 20, againMs: 100 });
  nodes[0]?.moved('w');
  await eventually(
    () => told.length,
    (length) => length === 1,
  );
  truth.set('web', 'here');
  await eventually(
    () => told.at(-1),
    (last) => last === 'web is here',
  );
});

test('a look that fails is repeated by itself', async () => {
  const { truth, told, failing, nodes } = makeNodes(1, { roundMs: 20, againMs: 100 });
  failing.is = true;
  truth.set('web', 'here');
  nodes[0]?.moved('w');
  await eventually(
    () => failing.times,
    (times) => times === 2,
  );
  failing.is = false;
  await eventually(
    () => told,
    ([first]) => first === 'web is here',
  );
});

test('while nobody listens nothing is looked up, and those who come are told anew', async () => {
  const { clock, told, listening, looks, nodes } = makeNodes(1, { againMs: 20 });
  nodes[0]?.moved('w');
  await eventually(
    () => told.length,
    (length) => length === 1,
  );
  listening.is = false;
  nodes[0]?.moved('w');
  const before = looks.count;
  await clock.advance(60_000);
  expect(looks.count).toBe(before);
  listening.is = true;
  nodes[0]?.moved('w');
  await eventually(
    () => told.length,
    (length) => length === 2,
  );
});

test('a workspace is forgotten when nothing was asked of it for a while', async () => {
  const { clock, looks, nodes } = makeNodes(1, { roundMs: 60_000, letGoAfterMs: 50 });
  await nodes[0]?.of('w', 'web');
  await nodes[0]?.of('w', 'web');
  expect(looks.count).toBe(1);
  // Whatever was known of it a minute ago would still be new enough.
  await eventually(
    async () => {
      await clock.advance(120);
      await nodes[0]?.of('w', 'web');
      return looks.count;
    },
    (count) => count > 1,
  );
});
