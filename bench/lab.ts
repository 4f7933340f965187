// Measures what a simulation on the server costs the inbox beside it, how soon a day is simulated, and how long a scenario takes to measure from a large history.
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { makeToken } from '../src/desk/make-token.ts';
import { exampleScenario } from '../web/components/lab/example-scenario.ts';
import { startServer } from './http-server.ts';
import { fillInbox } from './inbox-history.ts';
import { openLoop } from './open-loop.ts';
import { percentile } from './statistics.ts';
import { ms, report, say, target, targetColumns, whole } from './table.ts';
import { openWorld } from './world.ts';

const { values } = parseArgs({
  options: {
    conversations: { type: 'string', default: '100000' },
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
const [DAY, LARGE_DAY] = [10_000, 100_000];
const DAY_MS = 86_400_000;

/** Runs for longer than any round. */
const scenario = {
  arrivals: 1_000_000,
  kinds: [{ name: 'all', rate: 3, service: { exponential: 300 }, patience: { exponential: 300 } }],
  agents: [{ name: 'some', count: 300, capacity: 3 }],
};

interface Server {
  url: string;
  token: string;
}

async function call(
  { url, token }: Server,
  [method, path]: [string, string],
  body?: object,
): Promise<unknown> {
  const answer = await fetch(new URL(`/api/v1/${path}`, url), {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${text}`);
  return text === '' ? null : JSON.parse(text);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

async function slowest(work: () => Promise<unknown>): Promise<number> {
  const took: number[] = [];
  for (let nth = 0; nth < 5; nth += 1) took.push(await timed(work));
  return Math.max(...took);
}

async function loadInbox(server: Server): Promise<number[]> {
  const took: number[] = [];
  const read = () => call(server, ['GET', 'conversations?state=open&limit=50']);
  await openLoop({ rate: RATE, seconds }, async () => void took.push(await timed(read)));
  return took;
}

interface Run {
  id: string;
  state: string;
}

/** From asking to having all figures. */
async function simulateDay(server: Server, arrivals: number): Promise<void> {
  const scenario = { ...exampleScenario, arrivals };
  const { id } = (await call(server, ['POST', 'simulations'], { scenario })) as Run;
  for (;;) {
    const { state } = (await call(server, ['GET', `simulations/${id}`])) as Run;
    if (state === 'done') return;
    if (state !== 'running' && state !== 'waiting') throw new Error(`It is ${state}.`);
    await new Promise((done) => setTimeout(done, 25));
  }
}

async function measureRecords(server: Server): Promise<string[][]> {
  const until = Date.now();
  const rows: string[][] = [];
  for (const days of [1, 7, 30]) {
    const span = { from: new Date(until - days * DAY_MS), until: new Date(until) };
    const took: number[] = [];
    let counted = 0;
    for (let nth = 0; nth < 5; nth += 1) {
      const ask = async () => {
        const found = await call(server, ['POST', 'simulations/measure'], span);
        counted = (found as { conversations: number }).conversations;
      };
      took.push(await timed(ask));
    }
    rows.push([`${days} days`, whole(counted), ms(percentile(took, 0.5)), ms(Math.max(...took))]);
  }
  return rows;
}

/** What the machine itself adds: a loop that does nothing, of the lowest priority. */
async function besideLoop<T>(work: () => Promise<T>): Promise<T> {
  const loop = spawn('nice', ['-n', '19', process.execPath, '-e', 'for (;;);']);
  try {
    return await work();
  } finally {
    loop.kill('SIGKILL');
  }
}

async function measureBeside(server: Server) {
  await loadInbox(server);
  const [quiet, busy, bare, cancels] = [[], [], [], []] as [number[], number[], number[], number[]];
  for (let round = 0; round < rounds; round += 1) {
    quiet.push(...(await loadInbox(server)));
    const { id } = (await call(server, ['POST', 'simulations'], { scenario })) as Run;
    busy.push(...(await loadInbox(server)));
    const { state } = (await call(server, ['GET', `simulations/${id}`])) as Run;
    if (state !== 'running') throw new Error(`The simulation was over too soon: ${state}.`);
    cancels.push(await timed(() => call(server, ['DELETE', `simulations/${id}`])));
    bare.push(...(await besideLoop(() => loadInbox(server))));
  }
  return { quiet, busy, bare, cancels };
}

const world = await openWorld();
try {
  say(`Filling ${whole(conversations)} conversations`);
  const { workspaceId } = await fillInbox(world, { conversations, open: conversations / 10 });
  const wanted = { workspaceId, name: 'bench', role: 'admin' as const, scopes: null };
  const { token } = await makeToken(world.desk, wanted);
  const started = await startServer('usher', {
    ...{ DATABASE_URL: world.connectionString, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'error' },
  });
  const server = { url: started.url, token };
  const records = await measureRecords(server);
  await simulateDay(server, DAY);
  const day = await slowest(() => simulateDay(server, DAY));
  const largeDay = await slowest(() => simulateDay(server, LARGE_DAY));
  const { quiet, busy, bare, cancels } = await measureBeside(server);
  await started.stop();
  const [before, beside] = [percentile(quiet, 0.95), percentile(busy, 0.95)];
  const [ratio, cancelled] = [beside / before, Math.max(...cancels)];
  await report('lab', [
    {
      title: 'The inbox beside a simulation',
      how: `${whole(conversations)} conversations; the open ones are listed ${RATE} times a second. ${rounds} times ${seconds} s without and ${seconds} s with a run and beside a loop of the lowest priority that does nothing, taking turns.`,
      columns: targetColumns,
      rows: [
        ['p50 without a run', '', ms(percentile(quiet, 0.5)), ''],
        ['p50 beside a run', '', ms(percentile(busy, 0.5)), ''],
        ['p95 without a run', '', ms(before), ''],
        ['p95 beside a run', '', ms(beside), ''],
        ['p95 beside a bare loop', '', ms(percentile(bare, 0.95)), ''],
        target('p95, ratio', '<= 1.2', ratio.toFixed(2), ratio <= 1.2),
        target('cancelled, slowest', '<= 1,000 ms', ms(cancelled), cancelled <= 1000),
        target(`${whole(DAY)} conversations, slowest of 5`, '<= 3,000 ms', ms(day), day <= 3000),
        target(
          `${whole(LARGE_DAY)} conversations, slowest of 5`,
          '<= 10,000 ms',
          ms(largeDay),
          largeDay <= 10_000,
        ),
      ],
    },
    {
      title: 'A scenario from the records',
      how: 'Five times each.',
      columns: ['span', 'conversations', 'median', 'slowest'],
      rows: records,
    },
  ]);
} finally {
  await world.close();
}
