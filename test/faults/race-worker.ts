// One of the processes of the race: many lanes that route, assign, requeue, transfer, close and change capacities at once.
import type { Pool } from 'pg';
import { makeRandom, type Random } from '../../sandbox/qiscus/random.ts';
import {
  type Assigning,
  assignConversation,
  transferToAgent,
} from '../../src/desk/assign-conversation.ts';
import { closeConversation } from '../../src/desk/close-conversation.ts';
import type { Desk } from '../../src/desk/context.ts';
import { requeueConversation } from '../../src/desk/requeue-conversation.ts';
import { makeRoster } from '../../src/desk/roster.ts';
import { routeWaiting } from '../../src/desk/route-waiting.ts';
import { updateAgent } from '../../src/desk/update-agent.ts';
import { Refused } from '../../src/errors.ts';
import { openPool } from '../../src/store/pool.ts';
import { silentDesk } from '../makers/silent-desk.ts';
import { noteLocks } from './note-locks.ts';

export interface WorkerTask {
  databaseUrl: string;
  workspaceId: string;
  seed: number;
  lanes: number;
  connections: number;
  forMs: number;
}

export interface WorkerReport {
  /** How often each verb took effect. */
  done: Record<string, number>;
  /** How often each refusal was heard: expected where many want the same. */
  refused: Record<string, number>;
  /** What should not have happened. */
  errors: string[];
}

type Verb = keyof typeof locking | keyof typeof free;

// The verbs that wait for the routing lock, and those that do not, by their shares.
const locking = { route: 30, assign: 30, force: 8, transfer: 22, capacity: 10 };
const free = { close: 60, 'close-waiting': 20, requeue: 20 };

function makeWheel(shares: Partial<Record<Verb, number>>): Verb[] {
  return Object.entries(shares).flatMap(([verb, share]) => Array<Verb>(share).fill(verb as Verb));
}

/** What the lanes choose from: a little old, so that many go for the same. */
interface Targets {
  waiting: string[];
  assigned: string[];
  agents: string[];
}

const TARGETS_EVERY_MS = 50;

// One lane in four, and one connection: else all would stand in line for the lock and nobody would close.
const FREE_SHARE = 4;
// So that no more ends than the others can give out.
const FREE_PAUSE_MS = 60;

async function race(task: WorkerTask): Promise<WorkerReport> {
  const report: WorkerReport = { done: {}, refused: {}, errors: [] };
  const open = (maxConnections: number): Pool =>
    noteLocks(
      openPool({
        connectionString: task.databaseUrl,
        maxConnections,
        onIdleError: (error) => report.errors.push(`idle connection: ${error.message}`),
      }),
    );
  const few = Math.ceil(task.connections / FREE_SHARE);
  const pools = { locking: open(task.connections - few), free: open(few) };
  const goesOn = makeEnd(task, report);
  const targets = await readTargets(pools.free, task.workspaceId);
  const refresh = async (): Promise<void> => {
    while (goesOn()) {
      Object.assign(targets, await readTargets(pools.free, task.workspaceId));
      await new Promise((done) => setTimeout(done, TARGETS_EVERY_MS));
    }
  };
  const lanes = Array.from({ length: task.lanes }, async (_, lane) => {
    const isFree = lane % FREE_SHARE === 0;
    const act = makeLane({
      desk: silentDesk(isFree ? pools.free : pools.locking),
      wheel: makeWheel(isFree ? free : locking),
      workspaceId: task.workspaceId,
      random: makeRandom(task.seed * 1000 + lane),
    });
    while (goesOn()) {
      await tryOnce(report, () => act(targets));
      if (isFree) await new Promise((done) => setTimeout(done, FREE_PAUSE_MS));
    }
  });
  await Promise.all([...lanes, refresh()]);
  await Promise.all([pools.locking.end(), pools.free.end()]);
  return report;
}

/** On a slow machine it goes on until every verb has taken effect, but for six times as long at most. */
function makeEnd({ forMs }: WorkerTask, { done }: WorkerReport): () => boolean {
  const began = Date.now();
  // Without force, only in the moment before the router fills a freed place.
  const verbs = [...Object.keys(locking), ...Object.keys(free)].filter((verb) => verb !== 'assign');
  return () => {
    const ms = Date.now() - began;
    return ms < forMs || (ms < 6 * forMs && verbs.some((verb) => !done[verb]));
  };
}

async function tryOnce(report: WorkerReport, act: () => Promise<Verb | null>): Promise<void> {
  try {
    count(report.done, (await act()) ?? 'nothing');
  } catch (error) {
    if (error instanceof Refused) count(report.refused, error.code);
    else
      report.errors.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

function count(counts: Record<string, number>, what: string): void {
  counts[what] = (counts[what] ?? 0) + 1;
}

async function readTargets(db: Pool, workspaceId: string): Promise<Targets> {
  const read = async (sql: string): Promise<string[]> =>
    (await db.query<{ id: string }>(sql, [workspaceId])).rows.map(({ id }) => id);
  const ids = `select conversation_id as id from conversation where workspace_id = $1 and state =`;
  return {
    // Those at the front are soon given: by the time a verb has the lock, on a slow machine all of them.
    waiting: [
      ...(await read(`${ids} 'waiting' order by needs, rank_at limit 60`)),
      ...(await read(`${ids} 'waiting' order by needs desc, rank_at desc limit 60`)),
    ],
    assigned: await read(`${ids} 'assigned'`),
    agents: await read('select agent_id as id from agent where workspace_id = $1'),
  };
}

/** Each lane keeps a roster of its own, as a node does. */
function makeLane(args: {
  desk: Desk;
  wheel: Verb[];
  workspaceId: string;
  random: Random;
}): (targets: Targets) => Promise<Verb | null> {
  const { desk, wheel, workspaceId, random } = args;
  const roster = makeRoster(workspaceId);
  return async ({ waiting, assigned, agents }) => {
    const verb = random.pick(wheel) ?? 'close';
    const agentId = random.pick(agents) ?? '';
    const held = random.pick(assigned);
    const next = random.pick(waiting);
    const actor = 'race';
    if (verb === 'route') {
      await routeWaiting(desk, { workspaceId, roster });
      return verb;
    }
    if (verb === 'capacity') {
      const capacity = Math.floor(random.between(1, 21));
      await updateAgent(desk, { workspaceId, agentId }, { capacity });
      return verb;
    }
    const conversationId = takesWaiting(verb) ? next : held;
    if (conversationId === undefined) return null;
    const assigning: Assigning = { workspaceId, conversationId, agentId, force: false, actor };
    await actOn(desk, verb, assigning);
    return verb;
  };
}

function takesWaiting(verb: Verb): boolean {
  return verb === 'assign' || verb === 'force' || verb === 'close-waiting';
}

async function actOn(desk: Desk, verb: Verb, assigning: Assigning): Promise<void> {
  const { actor, conversationId, workspaceId } = assigning;
  const key = { workspaceId, conversationId, actor };
  if (verb === 'assign') await assignConversation(desk, { ...assigning, acting: null });
  else if (verb === 'force')
    await assignConversation(desk, { ...assigning, acting: null, force: true });
  else if (verb === 'transfer') await transferToAgent(desk, { ...assigning, acting: null });
  else if (verb === 'requeue')
    await requeueConversation(desk, { ...key, reason: 'race', acting: null });
  else await closeConversation(desk, { ...key, acting: null, tellRemote: true });
}

const task = JSON.parse(process.argv[2] ?? '') as WorkerTask;
process.stdout.write(`${JSON.stringify(await race(task))}\n`);
