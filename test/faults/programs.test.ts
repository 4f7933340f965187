// Programs that say everything until they are answered, cut off at random: nothing is doubled or lost, and the updates
// tell each once, in order. USHER_LONG_TESTS=1: 1,000 programs with 20 conversations each.
import { Agent, request } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import type { Update } from '../../src/contract/updates.ts';
import { makeDatabase } from '../makers/make-database.ts';
import { callOf } from '../makers/start-test-usher.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

const LONG = process.env.USHER_LONG_TESTS === '1';
const PROGRAMS = LONG ? 1000 : 40;
const CONVERSATIONS = LONG ? 20 : 5;
const MESSAGES = LONG ? 1 : 2;
/** Fewer than an address may have. */
const AT_ONCE = 48;
/** Of all requests so many are cut off, some before they arrive and some before their answer is read. */
const CUT = 0.3;
const CUT_WITHIN_MS = 12;

interface World {
  servers: ServerProcess[];
  path: string;
  token: string;
  /** How often a request was cut off, failed, or was answered as a repeat. */
  counts: { cut: number; repeated: number };
}

async function start(): Promise<World> {
  const { url } = await makeDatabase();
  const servers = [await startServerProcess({ DATABASE_URL: url })];
  await servers[0]?.ready();
  servers.push(await startServerProcess({ DATABASE_URL: url }));
  await servers[1]?.ready();
  const call = callOf(servers[0]?.url ?? '');
  const channel = { body: { kind: 'api', name: 'Shop' } };
  const { id } = (await call('POST', '/api/v1/channels', channel)).body as { id: string };
  const body = { name: 'Shop', role: 'agent', scopes: [`channel:${id}`] };
  const { token } = (await call('POST', '/api/v1/tokens', { body })).body as { token: string };
  return { servers, path: `/api/v1/channels/${id}`, token, counts: { cut: 0, repeated: 0 } };
}

const sockets = new Agent({ connections: AT_ONCE * 2, keepAliveTimeout: 10_000 });
const any = <T>(from: readonly T[]): T => from[Math.floor(Math.random() * from.length)] as T;

/** null: it was cut off, or nobody was there. */
async function tryOnce(
  world: World,
  { method, end, body, cut }: { method: 'GET' | 'POST'; end: string; body?: object; cut: boolean },
): Promise<{ status: number; body: unknown } | null> {
  const gone = new AbortController();
  const timer = cut ? setTimeout(() => gone.abort(), Math.random() * CUT_WITHIN_MS) : undefined;
  try {
    const answer = await request(`${any(world.servers).url}${world.path}/${end}`, {
      ...{ method, dispatcher: sockets, signal: gone.signal },
      headers: {
        authorization: `Bearer ${world.token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.statusCode, body: await answer.body.json() };
  } catch {
    world.counts.cut += 1;
    return null;
  } finally {
    clearTimeout(timer);
  }
}

/** As a program does that wants to be sure. */
async function sayUntilAnswered(world: World, end: string, body: object): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const cut = tries < 8 && Math.random() < CUT;
    const answer = await tryOnce(world, { method: 'POST', end, body, cut });
    if (answer?.status === 200) world.counts.repeated += 1;
    if (answer?.status === 200 || answer?.status === 201) return;
    if (answer !== null && ![409, 503].includes(answer.status)) {
      throw new Error(`${end}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    if (tries > 200) throw new Error(`${end}: never answered`);
    if (answer === null && !cut) await new Promise((done) => setTimeout(done, 50));
  }
}

const nameOf = (program: number, conversation: number) => `p${program}-c${conversation}`;

/** One after the other, each by two copies of the program at the same moment. */
async function runProgram(world: World, program: number): Promise<void> {
  const both = (end: string, body: object) =>
    Promise.all([1, 2].map(() => sayUntilAnswered(world, end, body)));
  for (let nth = 0; nth < CONVERSATIONS; nth += 1) {
    const conversation = nameOf(program, nth);
    const contact = { externalId: `customer-${program}` };
    await both('conversations', { externalId: conversation, contact });
    for (let said = 1; said <= MESSAGES; said += 1) {
      await both('messages', { conversation, externalId: `m-${said}`, text: `${said}` });
    }
  }
}

async function runAll(world: World): Promise<void> {
  const left = Array.from({ length: PROGRAMS }, (_, program) => program);
  const work = async () => {
    for (let program = left.pop(); program !== undefined; program = left.pop()) {
      await runProgram(world, program);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE / 2 }, work));
}

/** Reads on and on, at any node and cut off at random; ends when all is said and nothing more comes. */
async function follow(world: World, isSaid: () => boolean): Promise<Update[]> {
  const heard: Update[] = [];
  for (let after = '0'; ; ) {
    const over = isSaid();
    const end = `updates?after=${after}&wait=${over ? 0 : 1}&limit=${any([1, 7, 200])}`;
    const cut = Math.random() < CUT;
    const answer = await tryOnce(world, { method: 'GET', end, cut });
    if (answer === null) continue;
    if (answer.status === 503) continue;
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    const page = answer.body as { after: string; items: Update[] };
    heard.push(...page.items);
    if (over && page.after === after) return heard;
    after = page.after;
  }
}

test('programs at two nodes, of which one dies, double nothing and lose nothing', async () => {
  const world = await start();
  onTestFinished(() => sockets.destroy());
  let said = false;
  const following = [1, 2].map(() => follow(world, () => said));
  const running = runAll(world);
  const [, victim] = world.servers;
  await new Promise((done) => setTimeout(done, 1500));
  await victim?.kill();
  victim?.start();
  await victim?.ready();
  await running;
  said = true;
  const [first = [], second = []] = await Promise.all(following);
  expect(second).toEqual(first);
  const wanted = new Map(
    Array.from({ length: PROGRAMS * CONVERSATIONS }, (_, nth) => [
      nameOf(Math.floor(nth / CONVERSATIONS), nth % CONVERSATIONS),
      ['queued', ...Array.from({ length: MESSAGES }, (_, one) => `${one + 1}`)],
    ]),
  );
  const told = new Map<string, string[]>();
  for (const one of first) {
    if (one.type === 'presence') throw new Error('Nobody asked for it.');
    const what = one.type === 'message' ? one.message.text : one.type;
    told.set(one.conversation, [...(told.get(one.conversation) ?? []), what]);
  }
  expect(Object.fromEntries([...told].sort())).toEqual(Object.fromEntries([...wanted].sort()));
  expect(world.counts.cut).toBeGreaterThan(PROGRAMS);
  expect(world.counts.repeated).toBeGreaterThan(PROGRAMS);
  if (LONG) process.stdout.write(`${JSON.stringify({ ...world.counts, updates: first.length })}\n`);
}, 900_000);
