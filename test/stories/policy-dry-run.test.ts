// What a policy would change, asked before it is put: for the last conversations, for many that wait, and by whom.
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { PolicyCheck, PolicyDocument } from '../../src/contract/policy/document.ts';
import type { DryRun } from '../../src/contract/policy/dry-run.ts';
import { defaultPolicy } from '../../src/contract/policy/policy.ts';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { withRoutingLock } from '../../src/store/tx.ts';
import { startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';

const PATH = '/api/v1/policy/check';

const plain = (name: string) => ({ name, steps: [{ after: 0 }] });
const policyOf = (parts: Partial<PolicyDocument>): PolicyDocument => ({
  ...defaultPolicy,
  ...parts,
});

async function tryOut(usher: TestUsher, policy: object, token = usher.token): Promise<DryRun> {
  const answer = await usher.call('POST', PATH, { body: { policy, try: true }, token });
  expect(answer.status, answer.text).toBe(200);
  const { faults, dryRun } = answer.body as PolicyCheck;
  expect(faults).toEqual([]);
  return dryRun as DryRun;
}

async function openShop(usher: TestUsher) {
  const channel = { kind: 'api', name: 'Shop' };
  const { id } = (await usher.call('POST', '/api/v1/channels', { body: channel })).body as {
    id: string;
  };
  return async (name: string, more: object = {}): Promise<string> => {
    const body = { externalId: randomUUID(), contact: { externalId: name, name }, ...more };
    const made = await usher.call('POST', `/api/v1/channels/${id}/conversations`, { body });
    expect(made.status, made.text).toBe(201);
    return (made.body as { id: string }).id;
  };
}

/** A rule for those who have come before and for those who come while the office is closed. */
const changed = policyOf({
  plans: [plain('Known'), plain('Night'), plain('Default')],
  calendars: [
    { name: 'Office', timeZone: 'UTC', weekly: [{ days: ['mon'], from: '08:00', to: '09:00' }] },
  ],
  rules: [
    {
      name: 'At the office hour',
      when: { field: 'now.open', is: 'Office' },
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      then: { plan: 'Default', priority: 'high' },
    },
    {
      name: 'Who came before',
      when: { field: 'contact.conversations', moreThan: 0 },
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      then: { plan: 'Known' },
    },
    {
      name: 'Nobody',
      when: { field: 'contact.name', is: 'Nobody' },
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      then: { plan: 'Night' },
    },
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    { name: 'Everybody else', then: { plan: 'Night' } },
  ],
});

test('the last conversations are tried at the hour of their arrival, with the earlier ones of that time', async () => {
  const usher = await startTestUsher();
  const open = await openShop(usher);
  const at = async (moment: string) => {
    const { rows } = await usher.database.pool.query('select clock_timestamp() as now');
    await usher.clock.advance(Date.parse(moment) - rows[0].now.getTime());
  };
  await at('2034-01-02T08:30:00Z');
  const early = await open('Ana');
  await usher.call('POST', `/api/v1/conversations/${early}/close`, { body: {} });
  await at('2034-01-02T12:00:00Z');
  const first = await open('Sari');
  await usher.call('POST', `/api/v1/conversations/${first}/close`, { body: {} });
  await at('2034-01-02T13:00:00Z');
  const second = await open('Sari');
  await usher.call('POST', `/api/v1/conversations/${second}/close`, { body: {} });
  await at('2034-01-09T08:30:00Z');
  const waits = await open('Sari');

  const { waiting, last, rules, plans, version } = await tryOut(usher, changed);
  expect(version).toBe(1);
  const without = {
    rule: null,
    plan: null,
    step: null,
    team: null,
    skills: {},
    priority: 'normal',
  };
  const to = (rule: string, plan: string, priority = 'normal') => ({
    ...{ rule, plan, step: 1, team: null, skills: {}, priority },
  });
  const row = (conversationId: string, contactName: string) => ({
    ...{ conversationId, contactName, from: without },
  });
  expect(waiting).toMatchObject({
    ...{ of: 1, tried: 1, elsewhere: 1 },
    moved: [{ ...row(waits, 'Sari'), to: to('At the office hour', 'Default', 'high') }],
  });
  expect(last).toMatchObject({ of: 3, tried: 3, elsewhere: 3 });
  expect(last.moved).toMatchObject([
    { ...row(second, 'Sari'), to: to('Who came before', 'Known') },
    { ...row(first, 'Sari'), to: to('Everybody else', 'Night') },
    { ...row(early, 'Ana'), to: to('At the office hour', 'Default', 'high') },
  ]);
  expect(rules).toEqual([
    { rule: 'At the office hour', waiting: 1, last: 1 },
    { rule: 'Who came before', waiting: 0, last: 1 },
    { rule: 'Nobody', waiting: 0, last: 0 },
    { rule: 'Everybody else', waiting: 0, last: 1 },
  ]);
  expect(plans).toContainEqual({
    ...{ plan: null, before: { waiting: 1, last: 3 }, after: { waiting: 0, last: 0 } },
  });
});

test('a rule that is only called otherwise sends nobody elsewhere', async () => {
  const usher = await startTestUsher();
  const open = await openShop(usher);
  const named = (name: string) =>
    policyOf({
      plans: [plain('Default')],
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      rules: [{ name, then: { plan: 'Default' } }],
    });
  await usher.call('PUT', '/api/v1/policy', { body: named('All') });
  const ids = [await open('Ana'), await open('Sari')];
  await usher.call('POST', `/api/v1/conversations/${ids[0]}/close`, { body: {} });
  await expect
    .poll(async () => (await tryOut(usher, named('Everybody'))).waiting)
    .toMatchObject({ of: 1, elsewhere: 0, moved: [] });
  expect((await tryOut(usher, named('Everybody'))).last).toMatchObject({ of: 1, elsewhere: 0 });
});

test('of 1,300 that wait each one is tried, while routing is locked, and a hundred are named', async () => {
  const usher = await startTestUsher();
  const open = await openShop(usher);
  const one = await open('Ana');
  const columns = `workspace_id, channel_id, contact_id, needs, queued_at, rank_at, active_at`;
  await usher.database.pool.query(
    `insert into conversation (conversation_id, external_id, ${columns})
    select gen_random_uuid(), n::text, ${columns} from conversation, generate_series(1, 1299) n where conversation_id = $1`,
    [one],
  );
  const { waiting } = await withRoutingLock(usher.database.pool, DEFAULT_WORKSPACE, async (tx) => {
    await tx.query('set local idle_in_transaction_session_timeout = 0');
    await tx.query('select from conversation for update');
    return tryOut(usher, changed);
  });
  expect(waiting).toMatchObject({ of: 1300, tried: 1300, elsewhere: 1300 });
  expect(new Set(waiting.moved.map(({ conversationId }) => conversationId)).size).toBe(100);
});

test('agents may not try a policy; a token that may not read conversations sees no names', async () => {
  const usher = await startTestUsher();
  await (await openShop(usher))('Ana');
  const tokenOf = async (body: object) =>
    ((await usher.call('POST', '/api/v1/tokens', { body })).body as { token: string }).token;
  const agent = await tokenOf({ name: 'Agent', role: 'agent' });
  const body = { policy: changed, try: true };
  expect((await usher.call('POST', PATH, { body, token: agent })).status).toBe(403);
  const blind = await tokenOf({ name: 'CI', role: 'supervisor', scopes: ['policy.check'] });
  expect((await tryOut(usher, changed, blind)).waiting.moved).toMatchObject([
    { contactName: null },
  ]);
  expect((await tryOut(usher, changed)).waiting.moved).toMatchObject([{ contactName: 'Ana' }]);
  const quiet = await usher.call('POST', PATH, { body: { policy: changed } });
  expect(quiet.body).not.toHaveProperty('dryRun');
  const faulty = { body: { policy: { ...changed, plans: [] }, try: true } };
  expect((await usher.call('POST', PATH, faulty)).body).not.toHaveProperty('dryRun');
});
