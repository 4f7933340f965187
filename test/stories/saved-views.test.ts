// Views of the inbox that somebody saves: their own, or shared with a team.
import { expect, test } from 'vitest';
import type { SavedView } from '../../src/contract/saved-views.ts';
import { openShop } from '../makers/automate.ts';
import { addPerson, type Browser } from '../makers/browse.ts';
import { startTestUsher } from '../makers/start-test-usher.ts';

const path = '/api/v1/saved-views';

async function start() {
  const usher = await startTestUsher();
  const shop = await openShop(usher.call);
  const add = (name: string, role: 'agent' | 'supervisor' = 'agent') =>
    addPerson(usher, { name, email: `${name.toLowerCase()}@example.com`, role });
  const [ana, ben, sue] = [await add('Ana'), await add('Ben'), await add('Sue', 'supervisor')];
  const gold = (await shop.send('POST', 'teams', { name: 'Gold' })).id as string;
  await shop.send('PATCH', `agents/${ana.agentId}`, { teamIds: [gold] });
  return { usher, shop, ana, ben, sue, gold };
}

const save = async ({ browser }: { browser: Browser }, view: object) =>
  browser.send<SavedView & { code?: string }>('POST', path, {
    body: { name: 'Refunds', view: 'all', ...view },
  });
const namesOf = async ({ browser }: { browser: Browser }) =>
  (await browser.send<{ items: SavedView[] }>('GET', path)).body.items.map(({ name }) => name);

test('one’s own is nobody else’s; a team’s is its agents’ and the supervisors’', async () => {
  const { ana, ben, sue, gold } = await start();
  const own = await save(ana, { filters: { tag: 'refund', sort: 'oldest' } });
  expect([own.status, own.body]).toMatchObject([201, { own: true, teamId: null }]);
  const shared = await save(ana, { name: 'Gold now', view: 'waiting', teamId: gold });
  expect(shared.status).toBe(201);
  expect(await namesOf(ana)).toEqual(['Gold now', 'Refunds']);
  expect(await namesOf(sue)).toEqual(['Gold now']);
  expect(await namesOf(ben)).toEqual([]);
  const at = `${path}/${shared.body.id}`;
  const rename = { body: { name: 'Gold today' } };
  expect((await ben.browser.send('PATCH', at, rename)).status).toBe(404);
  expect((await sue.browser.send('PATCH', at, rename)).status).toBe(200);
  expect(await namesOf(ana)).toEqual(['Gold today', 'Refunds']);
  expect((await sue.browser.send('DELETE', `${path}/${own.body.id}`)).status).toBe(404);
  expect((await ana.browser.send('DELETE', at)).status).toBe(204);
  expect(await namesOf(ana)).toEqual(['Refunds']);
});

test('an agent shares with a team of theirs alone, and changes no colleague’s', async () => {
  const { shop, ana, ben, gold } = await start();
  expect((await save(ben, { teamId: gold })).body).toMatchObject({ code: 'team.not-found' });
  const shared = await save(ana, { teamId: gold });
  await shop.send('PATCH', `agents/${ben.agentId}`, { teamIds: [gold] });
  const at = `${path}/${shared.body.id}`;
  const refused = await ben.browser.send('DELETE', at);
  expect([refused.status, refused.body]).toMatchObject([403, { code: 'saved-view.not-yours' }]);
});

test('a view counts what its list shows, and more than a hundred as a hundred and one', async () => {
  const { usher, shop, ana } = await start();
  const [first] = [await shop.open(), await shop.open()];
  await shop.send('PATCH', `conversations/${first}`, { tags: ['refund'] });
  const count = async (view: object) => {
    const { id } = (await save(ana, view)).body;
    return (await ana.browser.send('GET', `${path}/${id}/count`)).body;
  };
  expect(await count({})).toEqual({ count: 2 });
  expect(await count({ filters: { tag: 'refund' } })).toEqual({ count: 1 });
  expect(await count({ view: 'closed' })).toEqual({ count: 0 });
  expect(await count({ filters: { q: 'Sari' } })).toEqual({ count: null });
  await usher.database.pool.query(
    `insert into conversation (workspace_id, conversation_id, contact_id, channel_id, external_id, state, needs, queued_at, rank_at)
    select workspace_id, gen_random_uuid(), contact_id, channel_id, 'more-' || n, 'waiting', '', now(), now()
    from conversation cross join generate_series(1, 200) n where conversation_id = $1`,
    [first],
  );
  expect(await count({})).toEqual({ count: 101 });
});

test('fifty of one’s own are enough', async () => {
  const { ana } = await start();
  for (let nth = 0; nth < 50; nth += 1) {
    expect((await save(ana, { name: `View ${nth}` })).status).toBe(201);
  }
  expect((await save(ana, { name: 'One more' })).body).toMatchObject({
    code: 'saved-view.too-many',
  });
});
