// Targets of a plan as the world outside sees them: lists, counts, events, reports.
import { expect, test } from 'vitest';
import type { Conversation } from '../../src/contract/conversation.ts';
import type { Report } from '../../src/contract/reports.ts';
import { eventually, type TestUsher } from '../makers/start-test-usher.ts';
import { SECRET, startWithReceiver } from '../makers/start-with-receiver.ts';

const MINUTE = 60_000;

async function putTargets(usher: TestUsher, plan: object) {
  const { policy } = (await usher.call('GET', '/api/v1/policy')).body as { policy: object };
  const body = {
    ...policy,
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    rules: [{ name: 'Everybody', then: { plan: 'Billing' } }],
    plans: [{ name: 'Billing', steps: [{ after: 0 }], ...plan }],
  };
  const put = await usher.call('PUT', '/api/v1/policy', { body });
  expect(put.status, put.text).toBe(200);
}

test('what is due is listed, counted, sorted and told, and reported when it was missed', async () => {
  const { usher, listen, open, addAgent, act, advance } = await startWithReceiver();
  await putTargets(usher, { targets: { firstAnswer: 600 }, order: 'due' });
  const { receiver } = await listen({
    ...{ secret: SECRET, events: ['conversation.due-soon', 'conversation.overdue'] },
  });
  const first = await open();
  const list = async (query: string) =>
    ((await usher.call('GET', `/api/v1/conversations?${query}`)).body as { items: Conversation[] })
      .items;
  const ids = async (query: string) => (await list(query)).map(({ id }) => id);
  const counts = async () =>
    (await usher.call('GET', '/api/v1/inbox/counts')).body as { dueSoon: number; overdue: number };
  const [shown] = await eventually(
    () => list('state=waiting'),
    (rows) => rows[0]?.due != null,
  );
  expect(shown).toMatchObject({ plan: 'Billing', step: 1, due: { target: 'firstAnswer' } });
  expect(shown?.due?.dueAt).toBe(shown?.rankAt);
  await advance(8 * MINUTE);
  const second = await open();
  await eventually(
    () => list('state=waiting&sort=due'),
    (rows) => rows[1]?.due != null,
  );
  expect(await ids('state=open&sort=due')).toEqual([first, second]);
  expect(await ids('due=soon')).toEqual([first]);
  expect(await counts()).toMatchObject({ dueSoon: 1, overdue: 0 });
  await advance(3 * MINUTE);
  expect(await ids('state=open&due=overdue')).toEqual([first]);
  expect(await counts()).toMatchObject({ dueSoon: 0, overdue: 1 });
  await eventually(
    async () => receiver.requests.length,
    (many) => many === 2,
  );
  expect(receiver.requests.map(({ body }) => JSON.parse(String(body)))).toMatchObject([
    { type: 'conversation.due-soon', subjectId: first, data: { target: 'firstAnswer' } },
    { type: 'conversation.overdue', subjectId: first, data: { plan: 'Billing', agentId: null } },
  ]);
  const agentId = await addAgent();
  await act(first, 'assign', { agentId });
  const span = new URLSearchParams({
    ...{ from: new Date(usher.clock.now() - 86_400_000).toISOString(), by: 'plan' },
    to: new Date(usher.clock.now() + 86_400_000).toISOString(),
  });
  const report = (await usher.call('GET', `/api/v1/reports?${span}`)).body as Report;
  expect(report.rows).toMatchObject([
    { key: 'Billing', label: 'Billing', opened: 2, firstAnswersMet: 0, firstAnswersMissed: 1 },
  ]);
  const { text } = await usher.call('GET', `/api/v1/reports.csv?${span}`);
  expect(text.split('\r\n')[0]).toContain(',firstAnswersMet,firstAnswersMissed,nextAnswersMet,');
});

test('an order by targets without any is a fault', async () => {
  const { usher } = await startWithReceiver();
  const { policy } = (await usher.call('GET', '/api/v1/policy')).body as { policy: object };
  const body = {
    ...policy,
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    rules: [{ name: 'Everybody', then: { plan: 'Billing' } }],
    plans: [{ name: 'Billing', steps: [{ after: 0 }], order: 'due' }],
  };
  expect(
    await usher.call('POST', '/api/v1/policy/check', { body: { policy: body } }),
  ).toMatchObject({
    body: { faults: [{ path: '/plans/0/order', code: 'order.no-targets' }] },
  });
});
