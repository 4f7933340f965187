// The steps of a queue's life: each is taken for real and in the model, and both must then say the same.
import fc from 'fast-check';
import { expect } from 'vitest';
import { changeConversation } from '../../src/desk/change-conversation.ts';
import { closeConversation } from '../../src/desk/close-conversation.ts';
import { commit } from '../../src/desk/commit.ts';
import { parkConversation } from '../../src/desk/park-conversation.ts';
import { requeueConversation, transferToTeam } from '../../src/desk/requeue-conversation.ts';
import { returnWritten, unparkConversation } from '../../src/desk/return-parked.ts';
import { updateAgent } from '../../src/desk/update-agent.ts';
import { makeConversation, type TestChannel } from '../makers/make-conversation.ts';
import {
  giveAll,
  type ModelAgent,
  type ModelConversation,
  type ModelQueue,
  PRIORITIES,
  type Priority,
  takeAway,
} from './queue-oracle.ts';
import type { QueueWorld, RealQueue } from './queue-world.ts';

interface Place {
  model: ModelQueue;
  real: RealQueue;
  world: QueueWorld;
}

type Step = fc.AsyncCommand<ModelQueue[], QueueWorld>;
/** null: the model has nothing for it to act on. */
type Find<Target> = (model: ModelQueue) => Target | null;

/** Where a step happens, and which nodes then look. */
const anywhere = fc.record({
  queue: fc.nat({ max: 1 }),
  nodes: fc.constantFrom([0], [1], [0, 1]),
});

function makeStep<Target>(
  name: string,
  { queue, nodes }: { queue: number; nodes: readonly number[] },
  find: Find<Target>,
  act: (place: Place, target: Target) => Promise<void>,
): Step {
  return {
    check: (models) => find(models[queue] as ModelQueue) !== null,
    run: async (models, world) => {
      const [model, real] = [models[queue] as ModelQueue, world.queues[queue] as RealQueue];
      await act({ model, real, world }, find(model) as Target);
      const expected = models.map((one) => (one === model ? giveAll(one) : []));
      expect(await world.routeWoken(nodes)).toEqual(expected);
      await expectSame(models, world);
    },
    toString: () => `${name} (workspace ${queue}, nodes ${nodes})`,
  };
}

/** Who has what, and how much everybody holds. */
async function expectSame(models: readonly ModelQueue[], { desk, queues }: QueueWorld) {
  for (const [index, { workspaceId }] of queues.entries()) {
    const model = models[index] as ModelQueue;
    const held = await desk.db.query(
      `select conversation_id as id, case when state = 'assigned' then agent_id end as "agentId",
        case when state = 'parked' then agent_id end as "parkedWith", state = 'closed' as "isClosed"
      from conversation where workspace_id = $1 order by queued_at, conversation_id`,
      [workspaceId],
    );
    expect(held.rows).toEqual(
      model.conversations.map(({ id, agentId, parkedWith, isClosed }) => ({
        ...{ id, agentId, parkedWith, isClosed },
      })),
    );
    const loads = await desk.db.query(
      'select agent_id as id, load from agent where workspace_id = $1 order by agent_id',
      [workspaceId],
    );
    expect(loads.rows).toEqual(model.agents.map(({ id, load }) => ({ id, load })));
  }
}

const pickOf =
  (pick: number, fits: (one: ModelConversation) => boolean): Find<ModelConversation> =>
  ({ conversations }) => {
    const fitting = conversations.filter(fits);
    return fitting[pick % fitting.length] ?? null;
  };
const isOpen = ({ isClosed }: ModelConversation) => !isClosed;
const isParked = ({ parkedWith }: ModelConversation) => parkedWith !== null;
const isHeld = ({ agentId }: ModelConversation) => agentId !== null;
const always = () => true;
const byHand = { actor: 'test', acting: null };
const directs = { agentId: null, directs: true };

const anyPriority = fc.constantFrom<Priority>(...PRIORITIES);

const open = fc
  .tuple(anywhere, fc.nat({ max: 2 }), fc.array(anyPriority, { minLength: 1, maxLength: 3 }))
  .map(([where, channel, priorities]) =>
    makeStep(`open ${priorities} on channel ${channel}`, where, always, async (place) => {
      const { model, real, world } = place;
      const made = real.channels[channel] as TestChannel;
      const from = { desk: world.desk, workspaceId: real.workspaceId };
      for (const priority of priorities) {
        model.now += 1;
        const id = await makeConversation(from, made, { priority });
        const { weight, teamId } = made;
        const fresh = { id, priority, weight, teamId, came: model.now };
        const nobody = { agentId: null, parkedWith: null, comesBackTo: null };
        model.conversations.push({ ...fresh, ...nobody, isClosed: false });
      }
    }),
  );

const close = fc.tuple(anywhere, fc.nat()).map(([where, pick]) =>
  makeStep('close', where, pickOf(pick, isOpen), async ({ model, real, world }, one) => {
    const key = { workspaceId: real.workspaceId, conversationId: one.id };
    await closeConversation(world.desk, { ...key, ...byHand, tellRemote: false });
    takeAway(model, one);
    one.parkedWith = null;
    one.isClosed = true;
  }),
);

const requeue = fc.tuple(anywhere, fc.nat()).map(([where, pick]) =>
  makeStep('requeue', where, pickOf(pick, isHeld), async ({ model, real, world }, one) => {
    const key = { workspaceId: real.workspaceId, conversationId: one.id };
    await requeueConversation(world.desk, { ...key, ...byHand, reason: 'test' });
    takeAway(model, one);
  }),
);

const park = fc.tuple(anywhere, fc.nat()).map(([where, pick]) =>
  makeStep('park', where, pickOf(pick, isHeld), async ({ model, real, world }, one) => {
    const key = { workspaceId: real.workspaceId, conversationId: one.id };
    const { agentId } = one;
    await parkConversation(world.desk, { ...key, until: null, actor: 'test', acting: directs });
    takeAway(model, one);
    one.parkedWith = agentId;
  }),
);

/** The contact writes, a supervisor brings it back, or its own agent does. */
const bringBack = fc
  .tuple(anywhere, fc.nat(), fc.constantFrom('contact', 'supervisor', 'agent'))
  .map(([where, pick, by]) =>
    makeStep(`bring back (${by})`, where, pickOf(pick, isParked), async (place, one) => {
      const { model, real, world } = place;
      const { workspaceId } = real;
      const key = { workspaceId, conversationId: one.id };
      const agent = model.agents.find(({ id }) => id === one.parkedWith) as ModelAgent;
      if (by === 'contact') {
        await commit(world.desk, workspaceId, (_, after) =>
          returnWritten(after, { workspaceId, conversationIds: [one.id] }),
        );
      } else {
        const acting = by === 'agent' ? { agentId: agent.id, directs: false } : directs;
        const asked = unparkConversation(world.desk, { ...key, actor: 'test', acting });
        if (by === 'agent' && agent.load + one.weight > agent.capacity) {
          await expect(asked).rejects.toMatchObject({ code: 'agent.at-capacity' });
          return;
        }
        await asked;
      }
      one.parkedWith = null;
      if (by !== 'agent') {
        one.comesBackTo = agent.id;
        return;
      }
      model.now += 1;
      one.agentId = agent.id;
      agent.load += one.weight;
      agent.busyAt = model.now;
    }),
  );

const transfer = fc
  .tuple(anywhere, fc.nat(), fc.constantFrom(null, 0, 1))
  .map(([where, pick, team]) =>
    makeStep(
      `transfer to team ${team}`,
      where,
      pickOf(pick, isOpen),
      async ({ model, real, world }, one) => {
        const teamId = team === null ? null : (real.teamIds[team] as string);
        const key = { workspaceId: real.workspaceId, conversationId: one.id };
        await transferToTeam(world.desk, { ...key, actor: 'test', acting: directs, teamId });
        takeAway(model, one);
        one.parkedWith = null;
        one.teamId = teamId;
      },
    ),
  );

const prioritise = fc.tuple(anywhere, fc.nat(), anyPriority).map(([where, pick, priority]) =>
  makeStep(
    `prioritise as ${priority}`,
    where,
    pickOf(pick, isOpen),
    async ({ real, world }, one) => {
      const key = { workspaceId: real.workspaceId, conversationId: one.id };
      await changeConversation(world.desk, { ...key, priority, actor: 'test' });
      one.priority = priority;
    },
  ),
);

const change = fc
  .tuple(
    anywhere,
    fc.nat({ max: 3 }),
    fc.oneof(
      fc.record({ availability: fc.constantFrom('online', 'online', 'away', 'offline') }),
      fc.record({ capacity: fc.integer({ min: 0, max: 4 }) }),
    ),
  )
  .map(([where, place, update]) =>
    makeStep(`agent ${place} ${JSON.stringify(update)}`, where, always, async (at) => {
      const agent = at.model.agents[place] as ModelQueue['agents'][number];
      const key = { workspaceId: at.real.workspaceId, agentId: agent.id };
      await updateAgent(at.world.desk, key, update);
      if ('capacity' in update) agent.capacity = update.capacity;
      else agent.isOnline = update.availability === 'online';
    }),
  );

/** In any order. */
export const anySteps = fc.commands(
  [open, open, close, requeue, park, bringBack, transfer, prioritise, change],
  {
    maxCommands: 30,
    size: 'max',
  },
);
