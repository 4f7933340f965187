// Random lives of a workspace with limits, pace and wrap-up, beside a plain oracle over what is on record.
import fc from 'fast-check';
import { test } from 'vitest';
import { assignConversation } from '../../src/desk/assign-conversation.ts';
import { closeConversation } from '../../src/desk/close-conversation.ts';
import { finishWrapUp } from '../../src/desk/finish-wrap-up.ts';
import { requeueConversation } from '../../src/desk/requeue-conversation.ts';
import { makeRoster } from '../../src/desk/roster.ts';
import { updateAgent } from '../../src/desk/update-agent.ts';
import { makeConversation, type TestChannel } from '../makers/make-conversation.ts';
import type { BoundAgent, Held } from './bounds-oracle.ts';
import { type BoundsWorld, makeBoundsWorld, readNow, wrapKey } from './bounds-world.ts';

const LONG = process.env.USHER_LONG_TESTS === '1';
const runs = LONG ? { numRuns: 1000 } : { numRuns: 30, interruptAfterTimeLimit: 40_000 };

const anyBounds = fc.record(
  {
    capacity: fc.integer({ min: 0, max: 4 }),
    limits: fc.record(
      {
        webchat: fc.integer({ min: 0, max: 4 }),
        first: fc.integer({ min: 0, max: 3 }),
        second: fc.integer({ min: 0, max: 4 }),
      },
      { requiredKeys: [] },
    ),
    pace: fc.constantFrom(0, 20, 60),
    wrapUp: fc.constantFrom(0, 15, 90),
    availability: fc.constantFrom('online', 'online', 'online', 'away'),
  },
  { requiredKeys: [] },
);

const anyStep = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ open: fc.nat({ max: 1 }), times: fc.integer({ min: 1, max: 4 }) }),
  },
  { weight: 4, arbitrary: fc.record({ close: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ requeue: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({ assign: fc.nat(), to: fc.nat({ max: 2 }), force: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ done: fc.nat({ max: 2 }) }) },
  { weight: 3, arbitrary: fc.record({ change: fc.nat({ max: 2 }), bounds: anyBounds }) },
  {
    weight: 4,
    arbitrary: fc.record({ advance: fc.constantFrom(1, 500, 14_999, 15_000, 20_001, 60_001) }),
  },
  { weight: 1, arbitrary: fc.record({ restart: fc.nat({ max: 1 }) }) },
);
type Step = typeof anyStep extends fc.Arbitrary<infer S> ? S : never;

async function take(world: BoundsWorld, step: Step): Promise<void> {
  if ('open' in step) await open(world, step);
  else if ('close' in step) await close(world, step.close);
  else if ('requeue' in step) await requeue(world, step.requeue);
  else if ('assign' in step) await assign(world, step);
  else if ('done' in step) await beDone(world, step.done);
  else if ('change' in step) await change(world, step);
  else if ('advance' in step) await world.clock.advance(step.advance);
  else world.rosters[step.restart] = makeRoster(world.workspaceId);
}

async function open(world: BoundsWorld, { open: which, times }: { open: number; times: number }) {
  const channel = world.channels[which] as TestChannel;
  for (let nth = 0; nth < times; nth += 1) {
    const id = await makeConversation(world, channel);
    const { channelId, kind, weight } = channel;
    world.conversations.push({ id, channelId, kind, weight });
  }
}

async function findStanding(world: BoundsWorld, pick: number): Promise<Held | undefined> {
  const standing = (await world.history()).filter(({ to }) => to === Number.POSITIVE_INFINITY);
  return standing[pick % standing.length];
}

const byHand = { actor: 'test', acting: null };

async function close(world: BoundsWorld, pick: number): Promise<void> {
  const held = await findStanding(world, pick);
  if (held === undefined) return;
  const { id } = held.conversation;
  const key = { workspaceId: world.workspaceId, conversationId: id };
  await closeConversation(world.desk, { ...key, ...byHand, tellRemote: false });
  const ended = (await world.history()).find(
    (one) => one.conversation.id === id && one.from === held.from,
  ) as Held;
  const { wrapUpMs } = world.agents.find((one) => one.id === held.agentId) as BoundAgent;
  world.wraps.set(wrapKey(id, ended.to), ended.to + wrapUpMs);
}

async function requeue(world: BoundsWorld, pick: number): Promise<void> {
  const held = await findStanding(world, pick);
  if (held === undefined) return;
  const key = { workspaceId: world.workspaceId, conversationId: held.conversation.id };
  await requeueConversation(world.desk, { ...key, ...byHand, reason: 'test' });
}

async function assign(
  world: BoundsWorld,
  { assign: pick, to, force }: { assign: number; to: number; force: boolean },
): Promise<void> {
  const history = await world.history();
  const waiting = world.conversations.filter(
    ({ id }) => !history.some((one) => one.conversation.id === id),
  );
  const one = waiting[pick % waiting.length];
  if (one === undefined) return;
  const { id: agentId } = world.agents[to] as BoundAgent;
  const key = { workspaceId: world.workspaceId, conversationId: one.id, agentId };
  await assignConversation(world.desk, { acting: null, ...key, force, actor: 'test' }).catch(
    (error) => {
      if (error.code !== 'agent.at-capacity') throw error;
    },
  );
}

async function beDone(world: BoundsWorld, which: number): Promise<void> {
  const { id: agentId } = world.agents[which] as BoundAgent;
  await finishWrapUp(world.desk, { workspaceId: world.workspaceId, agentId });
  const now = await readNow(world);
  for (const { agentId: of, conversation, to, freeAt } of await world.history()) {
    if (of === agentId && to < now && freeAt > now)
      world.wraps.set(wrapKey(conversation.id, to), to);
  }
}

interface Bounds {
  capacity?: number;
  limits?: { webchat?: number; first?: number; second?: number };
  pace?: number;
  wrapUp?: number;
  availability?: string;
}

async function change(
  { desk, workspaceId, agents, channels }: BoundsWorld,
  { change: which, bounds }: { change: number; bounds: Bounds },
): Promise<void> {
  const agent = agents[which] as BoundAgent;
  const { limits: named, ...rest } = bounds;
  const ids = { first: channels[0]?.channelId, second: channels[1]?.channelId } as const;
  const limits =
    named &&
    Object.fromEntries(
      Object.entries(named).map(([name, most]) => [ids[name as 'first'] ?? name, most]),
    );
  await updateAgent(desk, { workspaceId, agentId: agent.id }, { ...rest, limits });
  Object.assign(agent, {
    ...(limits !== undefined && { limits }),
    ...(rest.capacity !== undefined && { capacity: rest.capacity }),
    ...(rest.pace !== undefined && { paceMs: rest.pace * 1000 }),
    ...(rest.wrapUp !== undefined && { wrapUpMs: rest.wrapUp * 1000 }),
    ...(rest.availability !== undefined && { isOnline: rest.availability === 'online' }),
  });
}

test(
  'whatever happens, nobody is given more than limits, pace and wrap-up allow, nothing waits that somebody could be given, and the next pass is due when it can be',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(anyStep, fc.nat({ max: 1 })), {
          minLength: 10,
          maxLength: 40,
          size: 'max',
        }),
        async (steps) => {
          const world = await makeBoundsWorld();
          for (const [step, node] of steps) {
            await take(world, step);
            await world.routeAndCheck(node);
          }
        },
      ),
      runs,
    );
  },
  LONG ? 3 * 3_600_000 : 120_000,
);
