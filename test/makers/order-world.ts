// Deliveries of a few conversations to one endpoint, taken and ended step by step, beside what the oracle expects of each.

import type { Pool, PoolClient } from 'pg';
import { v7 as uuid } from 'uuid';
import { createEndpoint, updateEndpoint } from '../../src/desk/change-endpoint.ts';
import { redeliver } from '../../src/desk/redeliver.ts';
import { Refused } from '../../src/errors.ts';
import { takeOverDeliveries } from '../../src/store/delivery-claims.ts';
import { listDeliveries } from '../../src/store/delivery-log.ts';
import { appendEvent } from '../../src/store/events.ts';
import { finishDeliveries } from '../../src/store/finish-deliveries.ts';
import { withTx } from '../../src/store/tx.ts';
import { insertWorkspace } from '../../src/store/workspaces.ts';
import { type End, finishOf, joinOrderNode, type OrderNode } from './join-order-node.ts';
import { type Expected, makeOrderOracle, type OrderOracle } from './order-oracle.ts';
import { promising } from './promising.ts';
import { silentDesk } from './silent-desk.ts';

export const TYPES = ['conversation.opened', 'conversation.updated'] as const;
const STREAMS = [uuid(), uuid()];
const MINUTE_MS = 60_000;
// The steps themselves take time, and all that is waited for is minutes away.
const SLACK_MS = 30_000;

export type Step =
  | { do: 'event'; stream: number; type: number }
  | { do: 'look'; node: number }
  | { do: 'end'; pick: number; end: End }
  | { do: 'redeliver'; pick: number }
  | { do: 'pause' }
  | { do: 'resume'; held: 'send' | 'drop' }
  | { do: 'bind'; types: number[] }
  | { do: 'wait'; minutes: number }
  | { do: 'die'; node: number };

interface World {
  db: Pool;
  /** Whose lock this connection holds counts as alive. */
  session: PoolClient;
  workspaceId: string;
  endpointId: string;
  oracle: OrderOracle;
  nodes: OrderNode[];
  enabled: boolean;
  bound: string[];
  seqs: Map<string, number>;
}

export async function makeOrderWorld(db: Pool) {
  const workspaceId = uuid();
  await insertWorkspace(db, { workspaceId, name: 'Order', defaultCapacity: 1 });
  const fields = { url: 'https://example.com/hook', events: [...TYPES] };
  const endpointId = await createEndpoint(silentDesk(db), { workspaceId, actor: 'test' }, fields);
  const session = await db.connect();
  const world: World = {
    ...{ db, session, workspaceId, endpointId },
    oracle: makeOrderOracle(),
    nodes: [await joinOrderNode(session, workspaceId), await joinOrderNode(session, workspaceId)],
    enabled: true,
    bound: [...TYPES],
    seqs: new Map(),
  };
  const { oracle } = world;
  const began = await clockOf(db);
  return {
    run: (step: Step) => steps[step.do](world, step as never),
    /** Those that are due later than anything asks for. */
    late: async () => {
      const shown = new Map((await rowsOf(world)).map((row) => [row.deliveryId, row]));
      return oracle.all.filter((one) => {
        const row = shown.get(one.id);
        if (one.state === 'over' || one.sentBy !== null || row === undefined) return false;
        const dueAt = row.dueAt.getTime() - began + oracle.now;
        return dueAt > Math.max(oracle.now, oracle.latest(one)) + SLACK_MS;
      });
    },
    underWay: () => oracle.all.filter(({ sentBy }) => sentBy !== null).length,
    stop: () => session.release(true),
  };
}

type Act<Name> = (world: World, step: Extract<Step, { do: Name }>) => Promise<void>;

const steps: { [Name in Step['do']]: Act<Name> } = {
  event: async (world, { stream, type }) => {
    const { db, workspaceId, seqs } = world;
    const streamId = STREAMS[stream] as string;
    const seq = (seqs.get(streamId) ?? 0) + 1;
    seqs.set(streamId, seq);
    const event = { workspaceId, streamId, seq, type: TYPES[type] ?? TYPES[0], data: {} };
    await withTx(db, (tx) => appendEvent(promising(tx), event));
    await learnNew(world, false);
  },
  look: async ({ oracle, nodes, enabled }, { node: place }) => {
    const due = oracle.all.filter(oracle.isDue).map(({ id }) => id);
    const node = nodes[place] as OrderNode;
    const taken = enabled ? await node.take() : [];
    const ids = taken.map(({ deliveryId }) => deliveryId).sort((a, b) => a - b);
    if (ids.join() !== due.join()) throw new Error(`Sent ${ids}, due ${due}.`);
    for (const delivery of taken) {
      const expected = oracle.all.find(({ id }) => id === delivery.deliveryId) as Expected;
      expected.sentBy = place;
      node.underWay.push({ delivery, expected });
    }
  },
  end: async (world, { pick, end }) => {
    const all = world.nodes.flatMap((node) => node.underWay.map((one) => ({ node, one })));
    const chosen = all[pick % all.length];
    if (chosen === undefined) return;
    const { node, one } = chosen;
    node.underWay.splice(node.underWay.indexOf(one), 1);
    await finishDeliveries(world.db, node.key, [finishOf(one.delivery, end)]);
    applyEnd(world, one.expected, end);
  },
  redeliver: async (world, { pick }) => {
    const { db, workspaceId, oracle } = world;
    const one = oracle.all[pick % oracle.all.length];
    if (one === undefined) return;
    const key = { workspaceId, deliveryId: one.id, actor: 'test', onlyExternalMessages: false };
    try {
      await redeliver(silentDesk(db), key);
    } catch (error) {
      // Under way, or held.
      if (!(error instanceof Refused)) throw error;
      return;
    }
    if (one.state === 'over') await learnNew(world, true);
    else one.asks = oracle.now;
  },
  pause: async (world) => {
    await change(world, { enabled: false });
    world.enabled = false;
    for (const one of notOver(world)) one.state = 'held';
  },
  resume: async (world, { held }) => {
    await change(world, { enabled: true, held });
    if (world.enabled) return;
    world.enabled = true;
    for (const one of notOver(world)) {
      if (held === 'drop') one.state = 'over';
      else Object.assign(one, { state: 'waiting', asks: world.oracle.now });
    }
  },
  bind: async (world, { types }) => {
    const events = types.map((type) => TYPES[type] as string);
    await change(world, { events });
    const unbound = world.bound.filter((type) => !events.includes(type));
    for (const one of notOver(world)) if (unbound.includes(one.type)) one.state = 'over';
    world.bound = events;
  },
  wait: async ({ db, workspaceId, oracle }, { minutes }) => {
    oracle.now += minutes * MINUTE_MS;
    await shiftClock(db, workspaceId, minutes);
  },
  die: async (world, { node: place }) => {
    const { db, session, workspaceId, nodes } = world;
    const node = nodes[place] as OrderNode;
    await session.query('select pg_advisory_unlock($1)', [node.nodeId]);
    await takeOverDeliveries(db, { workspaceId, nodeId: -1 });
    const unknown = { how: 'retry', minutes: 0, parked: false } as const;
    for (const { expected } of node.underWay) applyEnd(world, expected, unknown);
    nodes[place] = await joinOrderNode(session, workspaceId);
  },
};

function rowsOf({ db, workspaceId, endpointId }: World) {
  return listDeliveries(db, { workspaceId, endpointId, before: 1e15, limit: 1000 });
}

function change(
  { db, workspaceId, endpointId }: World,
  patch: Parameters<typeof updateEndpoint>[2],
): Promise<void> {
  return updateEndpoint(silentDesk(db), { workspaceId, endpointId, actor: 'test' }, patch);
}

const notOver = ({ oracle }: World) => oracle.all.filter(({ state }) => state !== 'over');

async function learnNew(world: World, outside: boolean): Promise<void> {
  const { all, now: asks } = world.oracle;
  const known = new Set(all.map(({ id }) => id));
  for (const { deliveryId: id, streamId, type } of (await rowsOf(world)).reverse()) {
    if (known.has(id)) continue;
    const state = world.enabled ? 'waiting' : 'held';
    all.push({ id, streamId, type, outside, state, asks, sentBy: null });
  }
}

function applyEnd({ oracle, bound }: World, one: Expected, end: End): void {
  one.sentBy = null;
  if (one.state === 'over') return;
  // A replay of what is bound no longer is sent once.
  if (end.how !== 'retry' || !bound.includes(one.type)) {
    one.state = 'over';
    return;
  }
  one.asks = oracle.now + end.minutes * MINUTE_MS;
  one.outside ||= end.parked;
}

async function clockOf(db: Pool): Promise<number> {
  const { rows } = await db.query<{ at: Date }>('select clock_timestamp() as at');
  return rows[0]?.at.getTime() ?? 0;
}

/** As if so many minutes went by. */
async function shiftClock(db: Pool, workspaceId: string, minutes: number): Promise<void> {
  await db.query(
    `update delivery set due_at = due_at - make_interval(mins => $2),
      behind_until = behind_until - make_interval(mins => $2)
    where workspace_id = $1 and state in ('pending', 'held')`,
    [workspaceId, minutes],
  );
}
