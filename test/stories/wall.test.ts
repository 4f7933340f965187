// The queue for a screen on the wall, through the API.
import { expect, test } from 'vitest';
import type { Wall } from '../../src/contract/wall.ts';
import { addPerson } from '../makers/browse.ts';
import { makePlace } from '../makers/make-place.ts';
import { startTestUsher } from '../makers/start-test-usher.ts';

test('the wall says who waits, by team and plan, and twelve times five minutes, to agents too', async () => {
  const usher = await startTestUsher();
  const { open } = await makePlace(usher);
  const { agentId, browser } = await addPerson(usher, {
    name: 'Ana',
    email: 'ana@example.com',
    role: 'agent',
  });
  const [first, second] = [await open(), await open(), await open()];
  const team = { name: 'Billing' };
  const { id: teamId } = (await usher.call('POST', '/api/v1/teams', { body: team })).body as {
    id: string;
  };
  const body = { teamId, note: 'Yours' };
  await usher.call('POST', `/api/v1/conversations/${first}/transfer`, { body });
  await usher.call('POST', `/api/v1/conversations/${second}/assign`, { body: { agentId } });
  const answer = await browser.send('GET', '/api/v1/queue/wall');
  expect(answer.status).toBe(200);
  const wall = answer.body as Wall;
  expect(wall).toMatchObject({ waiting: 2, soon: 0, overdue: 0 });
  const teams = new Map(wall.teams.map(({ teamId: id, name, waiting }) => [id, [name, waiting]]));
  expect(teams.get(teamId)).toEqual(['Billing', 1]);
  expect(teams.get(null)).toEqual([null, 1]);
  expect(wall.plans).toMatchObject([{ plan: null, waiting: 2 }]);
  expect(wall.lastHour).toHaveLength(12);
  const sum = (of: 'came' | 'given') => wall.lastHour.reduce((total, row) => total + row[of], 0);
  expect([sum('came'), sum('given')]).toEqual([3, 1]);
  expect(wall.lastHour.at(-1)?.waiting).toBe(2);
});
