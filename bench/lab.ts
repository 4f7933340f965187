// Measures what a simulation on the server costs the inbox beside it, and how long a scenario takes to measure from a large history.
import { parseArgs } from 'node:util';
import { makeToken } from '../src/desk/make-token.ts';
import { startServer } from './http-server.ts';
import { fillInbox } from './inbox-history.ts';
import { openLoop } from './open-loop.ts';
import { percentile } from './statistics.ts';
import { ms, report, say, target, targetColumns, whole } from './table.ts';
import { openWorld } from './world.ts';

const { values } = parseArgs({
  options: {
    conversations: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '8' },
  },
});
const [conversations, rounds, seconds] = [
  Number(values.conversations),
  Number(values.rounds),
  Number(values.seconds),
];
const RATE = 10;
const DAY_MS = 86_400_000;

/** Runs for longer than any round. */
const scenario = {
  arrivals: 1_000_000,
  kinds: [{ name: 'all', rate: 3, service: { exponential: 300 }, patience: { exponential: 300 } }],
  agents: [{ name: 'some', count: 300, capacity: 3 }],
};

const world = await openWorld();
try {
  say(`Filling ${whole(conversations)} conversations`);
  const { workspaceId } = await fillInbox(world, { conversations, open: conversations / 10 });
  const wanted = { workspaceId, name: 'bench', role: 'admin' as const, scopes: null };
  const { token } = await makeToken(world.desk, wanted);
  const server = await startServer('usher', {
    ...{ DATABASE_URL: world.connectionString, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'error' },
  });
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(new URL(path, server.url), {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
  const simulations = '/api/v1/simulations';
  const readInbox = async (): Promise<number> => {
    const from = performance.now();
    await call('GET', '/api/v1/conversations?state=open&limit=50');
    return performance.now() - from;
  };
  const load = async (): Promise<number[]> => {
    const took: number[] = [];
    await openLoop({ rate: RATE, seconds }, async () => void took.push(await readInbox()));
    return took;
  };
  const measured: string[][] = [];
  for (const days of [1, 7, 30]) {
    const [until, took] = [Date.now(), [] as number[]];
    let counted = 0;
    for (let nth = 0; nth < 5; nth += 1) {
      const from = performance.now();
      const span = { from: new Date(until - days * DAY_MS), until: new Date(until) };
      const found = await call('POST', `${simulations}/measure`, span);
      counted = (found as { conversations: number }).conversations;
      took.push(performance.now() - from);
    }
    measured.push([
      `${days} days`,
      whole(counted),
      ms(percentile(took, 0.5)),
      ms(Math.max(...took)),
    ]);
  }
  await load();
  const [quiet, busy, cancels]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round += 1) {
    quiet.push(...(await load()));
    const { id } = (await call('POST', simulations, { scenario })) as { id: string };
    busy.push(...(await load()));
    const { state } = (await call('GET', `${simulations}/${id}`)) as { state: string };
    if (state !== 'running') throw new Error(`The simulation was over too soon: ${state}.`);
    const from = performance.now();
    await call('DELETE', `${simulations}/${id}`);
    cancels.push(performance.now() - from);
  }
  await server.stop();
  const [before, beside] = [percentile(quiet, 0.95), percentile(busy, 0.95)];
  const ratio = beside / before;
  const slowest = Math.max(...cancels);
  await report('lab', [
    {
      title: 'The inbox beside a simulation',
      how: `${whole(conversations)} conversations; the open ones are listed ${RATE} times a second. ${rounds} times ${seconds} s without and ${seconds} s with a run, taking turns.`,
      columns: targetColumns,
      rows: [
        ['p50 without a run', '', ms(percentile(quiet, 0.5)), ''],
        ['p50 beside a run', '', ms(percentile(busy, 0.5)), ''],
        ['p95 without a run', '', ms(before), ''],
        ['p95 beside a run', '', ms(beside), ''],
        target('p95, ratio', '<= 1.2', ratio.toFixed(2), ratio <= 1.2),
        target('cancelled, slowest', '<= 1,000 ms', ms(slowest), slowest <= 1000),
      ],
    },
    {
      title: 'A scenario from the records',
      how: 'Five times each.',
      columns: ['span', 'conversations', 'median', 'slowest'],
      rows: measured,
    },
  ]);
} finally {
  await world.close();
}
