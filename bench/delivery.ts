// Measures deliveries of events: how many a second, how soon, and beside an endpoint that never answers.

import { parseArgs } from 'node:util';
import { v7 as uuid } from 'uuid';
import { createEndpoint } from '../src/desk/change-endpoint.ts';
import type { Desk } from '../src/desk/context.ts';
import { openConversation } from '../src/desk/open-conversation.ts';
import { putChannel } from '../src/store/channels.ts';
import { promising } from '../test/makers/promising.ts';
import { silentDesk } from '../test/makers/silent-desk.ts';
import { fillDue, fillHistory, keepModel } from './delivery-backlog.ts';
import type { DeliveryOrder, DeliveryTime } from './delivery-child.ts';
import { allowedNetworks, runLoop } from './delivery-loop.ts';
import { openLoop } from './open-loop.ts';
import type { ReceiverAnswers } from './receiver-child.ts';
import { type BenchChild, startChild } from './start-child.ts';
import { median, percentile } from './statistics.ts';
import { ms, percent, report, type Section, say, target, targetColumns, whole } from './table.ts';
import { openWorld, type Place, type World } from './world.ts';

const { values } = parseArgs({
  options: {
    deliveries: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '30' },
    rate: { type: 'string', default: '200' },
    history: { type: 'string', default: '1000000' },
    only: { type: 'string' },
  },
});
const [deliveries, rounds, seconds, rate, history] = [
  Number(values.deliveries),
  Number(values.rounds),
  Number(values.seconds),
  Number(values.rate),
  Number(values.history),
];
const EVENTS_EACH = 10;
const BLOCKED = 100_000;
const WARM_UP_SECONDS = 3;
const SECRET = 'bench-secret';

/** A workspace with a channel of no outside system, so that only events leave. */
async function makePlace(world: World): Promise<Place> {
  const { workspaceId } = await world.makeWorkspace({ agents: 0, capacity: 1 });
  const channelId = uuid();
  await putChannel(promising(world.db), {
    workspaceId,
    channelId,
    kind: 'webchat',
    name: 'Web',
    config: {},
    secrets: {},
    teamId: null,
    weight: 1,
  });
  return { workspaceId, channelId };
}

const byBench = ({ workspaceId }: Place) => ({ workspaceId, actor: 'bench' });
const bound = (url: string) => ({
  url: `${url}/hook`,
  secret: SECRET,
  events: ['session_state_open'],
});

let opened = 0;

async function open(desk: Desk, { workspaceId, channelId }: Place): Promise<string> {
  const name = `room-${++opened}`;
  const nobody = { name: 'Customer', email: null, phone: null, avatarUrl: null, attributes: {} };
  const { conversationId } = await openConversation(desk, {
    workspaceId,
    channel: { channelId, teamId: null, weight: 1, remote: false },
    externalId: name,
    externalChannelId: null,
    contact: { externalId: name, ...nobody },
    priority: 'normal',
    previousSessionId: null,
    meta: {},
  });
  if (conversationId === null) throw new Error(`${name} was not opened.`);
  return conversationId;
}

/** A second, by round. */
type Rates = Record<DeliveryOrder['way'], number[]>;

async function measureThroughput(
  world: World,
  receiver: BenchChild,
  { url, withHistory }: { url: string; withHistory: boolean },
) {
  const place = await makePlace(world);
  const { desk, db } = world;
  const endpointId = await createEndpoint(desk, byBench(place), bound(url));
  await open(desk, place);
  await keepModel(db, endpointId);
  if (withHistory) {
    say('  filling the history');
    const perConversation = EVENTS_EACH;
    await fillHistory(db, { endpointId, done: history, blocked: BLOCKED, perConversation });
  }
  const child = startChild('delivery-child.ts');
  const { connectionString } = world;
  const send = async (way: DeliveryOrder['way'], count: number): Promise<number> => {
    const order: DeliveryOrder = { way, connectionString, ...place, url, count };
    const time = await child.ask<DeliveryTime>(order);
    const { count: arrived } = await receiver.ask<ReceiverAnswers>('count');
    if (arrived !== count) throw new Error(`${arrived} arrived instead of ${count}.`);
    await receiver.ask('forget');
    return count / time.seconds;
  };
  await send('loop', 1);
  const rates: Rates = { loop: [], sequential: [], parallel: [] };
  for (let round = 0; round <= rounds; round += 1) {
    await fillDue(db, { endpointId, conversations: deliveries / EVENTS_EACH, events: EVENTS_EACH });
    const loop = await send('loop', deliveries);
    const sequential = await send('sequential', deliveries);
    const parallel = await send('parallel', deliveries);
    const bare = `bare one by one ${whole(sequential)}/s, eight at a time ${whole(parallel)}/s`;
    say(`  ${whole(loop)}/s, ${bare}${round === 0 ? ' (warm-up)' : ''}`);
    if (round === 0) continue;
    rates.loop.push(loop);
    rates.sequential.push(sequential);
    rates.parallel.push(parallel);
  }
  await child.stop();
  return rates;
}

async function measureLatency(
  world: World,
  receiver: BenchChild,
  urls: string[],
): Promise<{ latencies: number[]; late: number[]; missing: number }> {
  const place = await makePlace(world);
  for (const url of urls) await createEndpoint(world.desk, byBench(place), bound(url));
  const loop = runLoop(world.db);
  const desk: Desk = silentDesk(world.db, { send: loop.wake });
  await openLoop({ rate, seconds: WARM_UP_SECONDS }, () => open(desk, place).then(() => {}));
  await world.db.query('analyze');
  const committed = new Map<string, number>();
  const { late } = await openLoop({ rate, seconds }, async () => {
    const id = await open(desk, place);
    committed.set(id, performance.timeOrigin + performance.now());
  });
  await new Promise((done) => setTimeout(done, 2000));
  const { arrivals } = await receiver.ask<ReceiverAnswers>('arrivals');
  await loop.close();
  await receiver.ask('forget');
  const latencies = arrivals.flatMap(([id, at]) => {
    const since = committed.get(id);
    committed.delete(id);
    return since === undefined ? [] : [Math.max(0, at - since)];
  });
  return { latencies, late, missing: committed.size };
}

function describeThroughput(title: string, how: string, rates: Rates): Section {
  const share = (way: 'sequential' | 'parallel') => median(rates.loop) / median(rates[way]);
  const found = share('sequential');
  return {
    title,
    how,
    columns: targetColumns,
    rows: [
      target('share of the sequential POST loop', '>= 40 %', percent(found), found >= 0.4),
      ['share of the parallel POST loop', '', percent(share('parallel')), ''],
      ['delivered and recorded/s', '', whole(median(rates.loop)), ''],
      ['sequential POST loop, answered/s', '', whole(median(rates.sequential)), ''],
      ['parallel POST loop, answered/s', '', whole(median(rates.parallel)), ''],
      ['each round', '', rates.loop.map(whole).join(' / '), ''],
      ['sequential, each round', '', rates.sequential.map(whole).join(' / '), ''],
      ['parallel, each round', '', rates.parallel.map(whole).join(' / '), ''],
    ],
  };
}

function describeLatency(
  title: string,
  how: string,
  measured: Awaited<ReturnType<typeof measureLatency>>,
  most: { p50?: number; p99: number },
): Section {
  const { latencies, late, missing } = measured;
  const [p50 = 0, p95 = 0, p99 = 0] = [0.5, 0.95, 0.99].map((at) => percentile(latencies, at));
  const first =
    most.p50 === undefined
      ? ['commit to arrival, p50', '', ms(p50), '']
      : target('commit to arrival, p50', `<= ${most.p50} ms`, ms(p50), p50 <= most.p50);
  return {
    title,
    how: `${how} ${whole(latencies.length)} events; starts were late by ${ms(percentile(late, 0.99))} at the 99th percentile.`,
    columns: targetColumns,
    rows: [
      first,
      ['commit to arrival, p95', '', ms(p95), ''],
      target('commit to arrival, p99', `<= ${most.p99} ms`, ms(p99), p99 <= most.p99),
      target('not arrived', '0', whole(missing), missing === 0),
    ],
  };
}

const receiver = startChild('receiver-child.ts');
const { urls } = await receiver.next<ReceiverAnswers>();
const opening = await openWorld();
const world: World = { ...opening, desk: { ...opening.desk, allowedNetworks } };
const wants = (part: string) => values.only === undefined || values.only === part;
const sections: Section[] = [];
const yardstick = `Yardsticks: the same bodies and headers, read from the log into memory beforehand and posted by undici to the same receiver, by a sequential loop (one kept-alive connection, each answer awaited) and by a parallel one (8 such loops at once, as many as an endpoint gets; for scale). All three in turns in the same process, ${rounds} rounds after one of warm-up; the receiver and the database run in processes of their own.`;
const each = `${whole(deliveries)} deliveries that are due, ${EVENTS_EACH} of each conversation, to one endpoint: taken, signed, sent, answered and recorded with their attempts`;
if (wants('throughput')) {
  say('measuring throughput');
  const rates = await measureThroughput(world, receiver, { url: urls.well, withHistory: false });
  sections.push(describeThroughput('Throughput', `${each}. ${yardstick}`, rates));
}
if (wants('latency')) {
  say('measuring latency');
  const how = `${rate} conversations opened a second (open loop, exponential gaps) for ${seconds} s after ${WARM_UP_SECONDS} s of warm-up; desk and delivery loop share a process. Commit: the verb has resolved; arrival: the headers have reached the receiver.`;
  const measured = await measureLatency(world, receiver, [urls.well]);
  sections.push(describeLatency('Latency', how, measured, { p50: 15, p99: 100 }));
}
if (wants('isolation')) {
  say('measuring isolation');
  const how =
    'The same, and each event goes also to an endpoint that never answers, so that every call times out after 15 s. Of the healthy endpoint:';
  const measured = await measureLatency(world, receiver, [urls.hanging, urls.well]);
  sections.push(describeLatency('Isolation', how, measured, { p99: 2000 }));
}
if (wants('history')) {
  say('measuring throughput with a history');
  const rates = await measureThroughput(world, receiver, { url: urls.well, withHistory: true });
  const how = `As above, in a table with ${whole(history)} done deliveries of the endpoint and ${whole(BLOCKED)} that wait, ${EVENTS_EACH} of each conversation: the first for its retry, the others for the first.`;
  sections.push(describeThroughput('Throughput with a history', how, rates));
}
await world.close();
await receiver.stop();
if (values.only === undefined) await report('delivery', sections);
else for (const { rows } of sections) for (const row of rows) say(row.join('  '));
