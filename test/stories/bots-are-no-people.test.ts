// Every place that counts people, walked after a day on which only a bot worked.
import { expect, onTestFinished, test } from 'vitest';
import { startReceiver } from '../../sandbox/receiver/start-receiver.ts';
import type { FairnessReport } from '../../src/contract/fairness.ts';
import type { Report } from '../../src/contract/reports.ts';
import type { QueueFigures } from '../../src/store/queue-figures.ts';
import { type Shop, startShopWithBot, withBot, withPerson } from '../makers/start-shop-with-bot.ts';
import { eventually } from '../makers/start-test-usher.ts';

const HOUR_MS = 3_600_000;

async function startDay() {
  const shop = await startShopWithBot({ plan: { targets: { firstAnswer: 3600 } } });
  const { call, ana, bot } = shop;
  await call('PATCH', `/api/v1/agents/${ana.id}`, { body: { availability: 'offline' } });
  const team = (await call('POST', '/api/v1/teams', { body: { name: 'Money' } })).body as {
    id: string;
  };
  await call('PATCH', `/api/v1/agents/${bot.agent.id}`, { body: { teamIds: [team.id] } });
  return { ...shop, team };
}

/** It is given three, answers each, and ends one. */
async function workThrough(shop: Shop): Promise<string[]> {
  const ids = [await shop.open(), await shop.open(), await shop.open()];
  for (const id of ids) {
    await shop.until(id, withBot);
    await eventually(
      () => shop.messages(id),
      (said) => said.some(({ authorKind }) => authorKind === 'bot'),
    );
  }
  expect(await shop.bot.says(ids[0] as string).close()).toBe(200);
  return ids;
}

test('a bot is in no report, no figure and no presence, however much it does', async () => {
  const shop = await startDay();
  const { call, bot, usher } = shop;
  await workThrough(shop);
  await usher.clock.advance(1000);
  const now = usher.clock.now();
  const from = new Date(now - HOUR_MS).toISOString();
  const span = `from=${encodeURIComponent(from)}&to=${encodeURIComponent(new Date(now + HOUR_MS).toISOString())}`;
  const read = async <T>(path: string): Promise<T> => {
    const answer = await call('GET', `/api/v1/${path}`);
    expect(answer.status, answer.text).toBe(200);
    return answer.body as T;
  };
  const report = (name: string, more: string) =>
    read<{ rows: Record<string, unknown>[] }>(`reports/${name}?${span}&${more}`);

  expect(await read<QueueFigures>('queue')).toMatchObject({ agentsOnline: 0, freeCapacity: 0 });

  const { totals, rows } = await read<Report>(`reports?${span}&by=agent`);
  expect(totals).toMatchObject({
    ...{ opened: 3, closed: 1, abandoned: 0, assigned: 0, messagesIn: 3, messagesOut: 0 },
    ...{ waitSecondsP50: null, firstAnswerSecondsP50: null, handlingSecondsP50: null },
    ...{ firstAnswersMet: 0 },
  });
  expect(rows.map(({ key }) => key)).toEqual(['none']);

  for (const by of ['all', 'agent', 'team', 'plan', 'channel']) {
    const { rows: full } = await report('occupancy', `by=${by}`);
    expect(
      full.filter(({ heldMs }) => heldMs !== 0),
      `occupancy by ${by}`,
    ).toEqual([]);
    for (const name of ['offers', 'answers']) {
      expect((await report(name, `by=${by}`)).rows, `${name} by ${by}`).toEqual([]);
    }
  }
  const kept = await report('adherence', 'by=agent');
  expect(kept.rows.map(({ key }) => key)).not.toContain(bot.agent.id);
  expect(JSON.stringify(await report('statuses', 'by=day'))).not.toContain(bot.agent.id);
  const fairness = await read<FairnessReport>(`reports/fairness?${span}`);
  for (const { agents, given } of fairness.rows) {
    expect(agents).toBeLessThanOrEqual(1);
    expect(given?.highest ?? 0).toBe(0);
  }
  expect(JSON.stringify(await read('balance'))).not.toContain(bot.agent.id);
});

test('no rule counts a bot as online, and no contact of a bot waits for it again', async () => {
  const shop = await startDay();
  const { call } = shop;
  const { policy } = (await call('GET', '/api/v1/policy')).body as {
    policy: { plans: object[]; rules: object[] };
  };
  const THEN = 'then';
  const steps = [{ after: 0 }];
  const sticky = { within: '30d', waitFor: 60 };
  const put = await call('PUT', '/api/v1/policy', {
    body: {
      ...policy,
      plans: [...policy.plans, { name: 'People', steps, sticky, prefer: ['sticky'] }],
      rules: [
        { name: 'Some', when: { field: 'online.Money', moreThan: 0 }, [THEN]: { plan: 'People' } },
        ...policy.rules,
      ],
    },
  });
  expect(put.status, put.text).toBe(200);
  const id = await shop.open();
  await shop.until(id, withBot);
  expect(await shop.read(id)).toMatchObject({ plan: 'Default' });
});

test('a target waits for a person while a bot answers, and a web chat says that nobody is there', async () => {
  const shop = await startDay();
  const [, open] = await workThrough(shop);
  expect(await shop.read(open as string)).toMatchObject({ due: { target: 'firstAnswer' } });
  const { items } = (await shop.call('GET', '/api/v1/channels')).body as {
    items: { id: string; kind: string }[];
  };
  const chat = items.find(({ kind }) => kind === 'webchat');
  const path = `/widget/config?channelId=${chat?.id}`;
  const config = await shop.call('GET', path, { token: null });
  expect(config.body).toMatchObject({ presence: { state: 'away' } });
});

test('an offer is made to no bot, and a re-balance moves nothing to one or from one', async () => {
  const shop = await startShopWithBot({ plan: { offer: { within: 30, misses: 2 } } });
  const id = await shop.open();
  expect(await shop.until(id, withBot)).toMatchObject({ offeredUntil: null });
  expect((await shop.read(id)).confirmedAt).not.toBeNull();
  const { body } = await shop.call('GET', '/api/v1/balance');
  expect(JSON.stringify(body)).not.toContain(id);
});

test('Gitple’s endpoints are told that a bot has it, and that a bot has ended it', async () => {
  const shop = await startShopWithBot();
  const receiver = await startReceiver({ secrets: ['s'], now: shop.usher.clock.now });
  onTestFinished(() => receiver.stop());
  const events = ['session_state_inprogress', 'session_state_close'];
  const endpoint = { url: `${receiver.url}/hook`, secret: 's', events };
  expect((await shop.call('POST', '/api/v1/endpoints', { body: endpoint })).status).toBe(201);
  const own = await shop.open();
  await shop.until(own, withBot);
  await shop.bot.says(own).close();
  const given = await shop.open();
  await shop.until(given, withBot);
  await shop.bot.says(given).handOver({ reason: 'x' });
  await shop.until(given, withPerson);
  type Body = { type: string; session: Record<string, unknown> };
  const bodies = () => receiver.requests.map(({ body }) => JSON.parse(body.toString()) as Body);
  await eventually(bodies, (all) => all.length === 4);
  const of = (id: string) =>
    bodies()
      .filter(({ session }) => session.id === id)
      .map(({ session }) => [session.reason, session.assigneeType, session.assigneeId]);
  const botId = shop.bot.agent.id;
  expect(of(own)).toEqual([
    ['auto', 'bot', botId],
    ['bot', 'bot', botId],
  ]);
  expect(of(given)).toEqual([
    ['auto', 'bot', botId],
    ['transfer', 'agent', shop.ana.id],
  ]);
});
