// Each list's own way of paging (protocols/qiscus.md §3.2, §3.5).
import { expect, test } from 'vitest';
import { makeRoom, type Outsider, startOutsider } from './test-outsiders.ts';

interface Row {
  id: number;
  room_id: string;
}

function addAgents({ qiscus }: Outsider, count: number): number[] {
  return Array.from({ length: count }, (_, n) => qiscus.addAgent({ name: `Agent ${n}` }).id);
}

interface AgentPage {
  data: { agents: Row[]; meta?: Record<string, unknown> };
  meta?: Record<string, unknown>;
}

test('agents come in numbered pages of twenty, with the total beside the data', async () => {
  const outsider = await startOutsider();
  const ids = addAgents(outsider, 25);
  const page = async (number: string) =>
    (await outsider.call<AgentPage>('/api/v2/admin/agents', { query: { page: number } })).json;
  const [first, second, third] = [await page('1'), await page('2'), await page('3')];
  expect(first.meta).toEqual({ per_page: 20, total_count: 25 });
  expect([...first.data.agents, ...second.data.agents].map(({ id }) => id)).toEqual(ids);
  expect(third.data.agents).toEqual([]);
});

test('with totalCountNull the list of agents tells no total', async () => {
  const outsider = await startOutsider({ totalCountNull: true });
  addAgents(outsider, 3);
  const { json } = await outsider.call<AgentPage>('/api/v2/admin/agents', {
    query: { limit: '2' },
  });
  expect(json.meta).toEqual({ per_page: 2, total_count: null });
  expect(json.data.agents).toHaveLength(2);
});

test('with metaInData the meta stands inside the data, and its cursors lead through the list and back', async () => {
  const outsider = await startOutsider({ metaInData: true });
  const ids = addAgents(outsider, 5);
  const page = async (query: Record<string, string>) => {
    const path = '/api/v2/admin/agents';
    const { json } = await outsider.call<AgentPage>(path, { query: { limit: '2', ...query } });
    expect(json).not.toHaveProperty('meta');
    return { ids: json.data.agents.map(({ id }) => id), meta: json.data.meta };
  };
  const first = await page({ page: '1' });
  expect(first).toMatchObject({ ids: ids.slice(0, 2), meta: { before: null, total_count: 5 } });
  const second = await page({ cursor_after: String(first.meta?.after) });
  const third = await page({ cursor_after: String(second.meta?.after) });
  expect([second.ids, third.ids]).toEqual([ids.slice(2, 4), ids.slice(4)]);
  expect(third.meta?.after).toBeNull();
  expect((await page({ cursor_before: String(third.meta?.before) })).ids).toEqual(second.ids);
});

test('with metaInData a later numbered page also tells what comes before it', async () => {
  const outsider = await startOutsider({ metaInData: true });
  addAgents(outsider, 5);
  const path = '/api/v2/admin/agents';
  const query = { limit: '2', page: '2' };
  const { json } = await outsider.call<AgentPage>(path, { query });
  expect(json.data.meta?.before).not.toBeNull();
  const before = { limit: '2', cursor_before: String(json.data.meta?.before) };
  const { json: first } = await outsider.call<AgentPage>(path, { query: before });
  expect(first.data.agents.map(({ id }) => id)).toEqual(
    outsider.qiscus
      .agents()
      .slice(0, 2)
      .map(({ id }) => id),
  );
});

test('the older list of agents is a page of Laravel with totals as text', async () => {
  const outsider = await startOutsider();
  const [first] = addAgents(outsider, 3);
  const { json } = await outsider.call('/api/v1/admin/agents', { query: { limit: '2' } });
  expect(json).toMatchObject({
    data: {
      agents: {
        data: [{ id: first, total_resolved: '0', total_customers: '0' }, {}],
        current_page: 1,
        last_page: 2,
        prev_page_url: null,
        next_page_url: expect.stringContaining('/api/v1/admin/agents?page=2'),
        total: 3,
      },
    },
  });
});

test('with v1Agents403 the older list is closed, with a trace id, and the newer one is not', async () => {
  const { call } = await startOutsider({ v1Agents403: true });
  expect(await call('/api/v1/admin/agents')).toMatchObject({
    status: 403,
    json: { traceid: expect.any(String) },
  });
  expect(await call('/api/v2/admin/agents')).toMatchObject({ status: 200 });
});

test('agents by division are a bare list, the least busy first when asked', async () => {
  const outsider = await startOutsider();
  const { qiscus, call } = outsider;
  const busy = qiscus.addAgent({ name: 'Busy', divisionIds: [7] });
  const free = qiscus.addAgent({ name: 'Free', divisionIds: [7], available: false });
  qiscus.addAgent({ name: 'Elsewhere', divisionIds: [8] });
  qiscus.assignByHand({ roomId: makeRoom(outsider), agentId: busy.id });
  const path = '/api/v2/admin/agents/by_division';
  const query = { 'division_ids[]': '7', sort: 'asc' };
  expect((await call(path, { query })).json).toMatchObject({
    data: [{ id: free.id }, { id: busy.id, user_roles: [{ id: 7, name: 'Division 7' }] }],
    meta: { limit: 20, page: 1, total: 2, total_page: 1 },
  });
  const available = await call(path, { query: { ...query, is_available: 'true' } });
  expect(available.json).toMatchObject({ data: [{ id: busy.id }], meta: { total: 1 } });
});

test('available_agents wants a room, names those of its channel, offline ones too, and tells no total', async () => {
  const outsider = await startOutsider();
  const { qiscus, call } = outsider;
  const fit = qiscus.addAgent({ name: 'Fit', channelIds: [102] });
  const away = qiscus.addAgent({ name: 'Away', available: false });
  const other = qiscus.addAgent({ name: 'Other', channelIds: [103] });
  const path = '/api/v2/admin/service/available_agents';
  const query = { room_id: makeRoom(outsider, 102) };
  expect(await call(path)).toMatchObject({ status: 400 });
  const all = (await call<AgentPage>(path, { query })).json;
  expect(all.data.agents.map(({ id }) => id)).toEqual([fit.id, away.id]);
  expect(all.meta).toEqual({ after: null, before: null, per_page: 20, total_count: null });
  const only = await call<AgentPage>(path, { query: { ...query, is_available_in_room: 'true' } });
  expect(only.json.data.agents.map(({ id }) => id)).toEqual([fit.id]);
  const others = await call<AgentPage>(path.replace('available', 'other'), { query });
  expect(others.json.data.agents.map(({ id }) => id)).toEqual([other.id]);
});

test('agents by id, one agent, and divisions', async () => {
  const { qiscus, call } = await startOutsider();
  const [first, second] = [qiscus.addAgent({ name: 'A' }), qiscus.addAgent({ name: 'B' })];
  const path = `/api/v1/admin/agents/get_by_ids?ids[]=${second.id}&ids[]=${first.id}&ids[]=1`;
  expect((await call(path)).json).toMatchObject({ data: [{ id: second.id }, { id: first.id }] });
  const one = await call(`/api/v2/admin/agent/${first.id}`);
  expect(one.json).toMatchObject({ data: { agent: { id: first.id, type: 2 } } });
  expect(await call('/api/v2/admin/agent/1')).toMatchObject({ status: 404 });
  expect((await call('/api/v2/divisions')).json).toMatchObject({
    data: [{ id: 1, name: 'Default', is_default_role: true }],
    meta: { limit: 20, page: 1, total: 1, total_page: 1 },
  });
});

test('rooms come fifty at a time, newest first whatever is asked, and cursors lead both ways', async () => {
  const outsider = await startOutsider();
  const newestFirst = Array.from({ length: 55 }, () => makeRoom(outsider)).reverse();
  const page = async (query: Record<string, string>) => {
    const { json } = await outsider.call<{
      data: { customer_rooms: Row[] };
      meta: { cursor_after: string | null; cursor_before: string | null };
    }>('/api/v2/customer_rooms', { query: { order: 'asc', limit: '100', ...query } });
    return { ids: json.data.customer_rooms.map((room) => room.room_id), ...json.meta };
  };
  const first = await page({});
  expect(first).toMatchObject({ ids: newestFirst.slice(0, 50), cursor_before: null });
  const second = await page({ cursor_after: String(first.cursor_after) });
  expect(second).toMatchObject({ ids: newestFirst.slice(50), cursor_after: null });
  expect(await page({ cursor_before: String(second.cursor_before) })).toMatchObject(first);
});
