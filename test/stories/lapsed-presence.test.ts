// An agent who sends no sign of life any more is offline: in every answer, for every watcher, and on record.
import { expect, test } from 'vitest';
import type { Agent } from '../../src/contract/agents.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { type AgentClient, connectAgent } from '../makers/web-client.ts';

const LEASE_MS = 60_000;

async function begin() {
  const usher = await startTestUsher({ ATTENDANT_KEEP_ALIVE_TIME: String(LEASE_MS) });
  const ana = await connectAgent(usher, { name: 'Ana' });
  const budi = await connectAgent(usher, { name: 'Budi' });
  const now = async (): Promise<Agent> =>
    (await usher.call('GET', `/api/v1/agents/${ana.agentId}`)).body as Agent;
  const change = (body: object) => usher.call('PATCH', `/api/v1/agents/${ana.agentId}`, { body });
  return { usher, ana, budi, now, change };
}

async function availabilities({ database }: TestUsher, { agentId }: AgentClient) {
  const { rows } = await database.pool.query(
    `select data ->> 'availability' as said from event
    where stream_id = $1 and type = 'agent.availability-changed' order by seq`,
    [agentId],
  );
  return rows.map(({ said }) => said as string);
}

test('when a lease is over, colleagues are told, the API says offline and an event tells of it', async () => {
  const { usher, ana, budi, now } = await begin();
  await ana.beat();
  expect(await now()).toMatchObject({ availability: 'online', lapsed: false });
  await usher.clock.advance(LEASE_MS);
  // As a screen does: it asks again at each hint, and the last of them finds her offline.
  const isOfAna = ({ changed }: { changed: { kind: string; id: string }[] }) =>
    changed.some((one) => one.kind === 'agent' && one.id === ana.agentId);
  let seen = await now();
  while (seen.availability !== 'offline') {
    await budi.hears(`client/agents/${budi.agentId}/changes`, isOfAna);
    budi.heard.length = 0;
    seen = await now();
  }
  expect(seen.lapsed).toBe(true);
  const said = () => availabilities(usher, ana);
  expect(await eventually(said, ({ length }) => length > 1)).toEqual(['online', 'offline']);
  await ana.beat();
  expect(await availabilities(usher, ana)).toEqual(['online', 'offline', 'online']);
});

test('what somebody chooses is not called lapsed, and who comes back by hand has a moment to be heard of', async () => {
  const { usher, ana, now, change } = await begin();
  await ana.beat();
  await usher.clock.advance(LEASE_MS);
  await eventually(now, ({ lapsed }) => lapsed);
  expect((await change({ availability: 'online' })).body).toMatchObject({
    availability: 'online',
    lapsed: false,
  });
  expect((await change({ availability: 'offline' })).body).toMatchObject({
    availability: 'offline',
    lapsed: false,
  });
});

test('a sign of life that was sent before somebody chose to be offline does not undo it', async () => {
  const { ana, now, change } = await begin();
  await ana.beat();
  await change({ availability: 'offline' });
  await ana.renew();
  expect(await now()).toMatchObject({ availability: 'offline', lapsed: false });
  // The original's clients come online by it.
  await ana.beat();
  expect(await now()).toMatchObject({ availability: 'online' });
});

test('a renewal brings back whom a lost line has made offline', async () => {
  const { usher, ana, now } = await begin();
  await ana.beat();
  await usher.clock.advance(LEASE_MS);
  await eventually(now, ({ lapsed }) => lapsed);
  await ana.renew();
  expect(await now()).toMatchObject({ availability: 'online', lapsed: false });
});
