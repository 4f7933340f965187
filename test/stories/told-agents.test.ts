// Whoever watches hears of agents who are changed by others: by an outside system, or by the people behind them.
import { expect, test } from 'vitest';
import type { Agent } from '../../src/contract/agents.ts';
import { addPerson, WITH_ADMIN } from '../makers/browse.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { startWithQiscus } from '../makers/start-with-qiscus.ts';
import { connectAgent } from '../makers/web-client.ts';

type Hint = { changed: { kind: string; id: string | null }[] };

/** As a screen does: asks again when it is told of an agent, and only then. */
async function watch(usher: TestUsher) {
  const { agentId, heard, hears } = await connectAgent(usher, { name: 'Watching' });
  const changes = `client/agents/${agentId}/changes`;
  const list = async () =>
    ((await usher.call('GET', '/api/v1/agents?limit=200')).body as { items: Agent[] }).items;
  const isOfAgents = ({ changed }: Hint) => changed.some(({ kind }) => kind === 'agent');
  return {
    ofAgents: () => heard.filter(({ body }) => isOfAgents(body)),
    /** Hears what is on its way, and forgets it: hints come in their order. */
    forget: async () => {
      heard.length = 0;
      await usher.call('PATCH', `/api/v1/agents/${agentId}`, { body: { capacity: 9 } });
      await hears(changes, ({ changed }: Hint) => changed.some(({ id }) => id === agentId));
      heard.length = 0;
    },
    /** Somebody like this; of `undefined`: nobody of this name. */
    sees: async (name: string, as: Partial<Agent> | undefined) => {
      for (;;) {
        await hears(changes, isOfAgents);
        heard.length = 0;
        const found = (await list()).find((one) => one.name === name);
        const fits = Object.entries(as ?? {}).every(
          ([key, value]) => found?.[key as keyof Agent] === value,
        );
        if (fits && (found === undefined) === (as === undefined)) return;
      }
    },
  };
}

test('an agent who comes, is renamed, goes offline or vanishes at Qiscus is told of', async () => {
  const { usher, qiscus } = await startWithQiscus({ agents: 2 });
  const { sees } = await watch(usher);
  const { id } = qiscus.addAgent({ name: 'Dewi', available: true });
  await sees('Dewi', { availability: 'online' });
  qiscus.updateAgent(id, { available: false });
  await sees('Dewi', { availability: 'offline' });
  qiscus.updateAgent(id, { name: 'Dewi S.' });
  await sees('Dewi S.', {});
  qiscus.removeAgent(id);
  await sees('Dewi S.', undefined);
});

test('while nothing changes at Qiscus nobody is told of its agents', async () => {
  const { usher, qiscus } = await startWithQiscus({ agents: 2 });
  const { sees, ofAgents, forget } = await watch(usher);
  qiscus.addAgent({ name: 'Dewi', available: true });
  await sees('Dewi', {});
  const looked = async () =>
    (
      await usher.database.pool.query<{ at: number }>(
        `select extract(epoch from synced_at)::float8 as at from channel where kind = 'qiscus'`,
      )
    ).rows[0]?.at ?? 0;
  let last = await looked();
  const awaitLooks = async (count: number): Promise<void> => {
    for (let looks = 0; looks < count; looks += 1) {
      last = await eventually(looked, (at) => at > last);
    }
  };
  // Dewi may be seen before the look that found her is over, and by the hint of something else.
  await awaitLooks(1);
  await forget();
  await awaitLooks(3);
  expect(ofAgents()).toEqual([]);
});

test('whoever is invited, renamed, renames themselves or is removed is told of', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const { sees } = await watch(usher);
  const email = 'eka@example.com';
  const eka = await addPerson(usher, { name: 'Eka', email, role: 'agent' });
  await sees('Eka', {});
  await usher.call('PATCH', `/api/v1/users/${eka.userId}`, { body: { name: 'Eka P.' } });
  await sees('Eka P.', {});
  await eka.browser.send('PATCH', '/api/v1/session', { body: { name: 'Eka Putri' } });
  await sees('Eka Putri', {});
  await usher.call('DELETE', `/api/v1/users/${eka.userId}`);
  await sees('Eka Putri', undefined);
});

test('whoever is in a team that is removed is told of', async () => {
  const usher = await startTestUsher();
  const { sees } = await watch(usher);
  const team = await usher.call('POST', '/api/v1/teams', { body: { name: 'Sales' } });
  const { id } = team.body as { id: string };
  await usher.call('POST', '/api/v1/agents', { body: { name: 'Fitri', teamIds: [id] } });
  await sees('Fitri', {});
  const removed = await usher.call('DELETE', `/api/v1/teams/${id}`);
  expect(removed.status).toBe(204);
  await sees('Fitri', {});
});
