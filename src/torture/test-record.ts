// A made-up round in which every promise is kept: whatever happens has its one moment, and what is written down follows from it.
import { makeRandom, type Random } from './make-random.ts';
import { type Acts, type Kept, type KeptAssignment, makeActs, type Operation } from './record.ts';
import type { Company } from './set-up.ts';

export interface MadeUp {
  acts: Acts;
  kept: Kept;
  company: Company;
}

const AGENTS = ['ana', 'ben', 'cem', 'dia'];
const CAPACITY = 2;
const ENDPOINT = 'endpoint';

/** One conversation, as it is at this moment. */
interface Standing {
  id: string;
  name: string;
  isOffered: boolean;
  seq: number;
  messages: number;
  held: KeptAssignment | null;
  isAccepted: boolean;
}

interface World extends MadeUp {
  random: Random;
  ms: number;
  numbers: number;
}

/** The same for the same seed. */
export function makeRecord(seed: number, conversations = 12): MadeUp {
  const company: Company = {
    agents: AGENTS.map((id) => ({ id, token: id })),
    ...{ given: 'given', offered: 'offered', remote: 'remote', endpointIds: [ENDPOINT] },
  };
  const world: World = {
    ...{ acts: makeActs(), company, random: makeRandom(seed), ms: 1000, numbers: 0 },
    kept: {
      ...{ conversations: [], events: [], assignments: [], loads: [], messages: [], tellings: [] },
    },
  };
  const open = Array.from({ length: conversations }, (_, nth) => begin(world, nth));
  for (let step = 0; step < conversations * 8; step += 1) {
    const one = world.random.pick(open);
    if (one !== undefined) act(world, one);
  }
  for (const one of open) {
    close(world, one);
    world.kept.conversations.push({
      ...{ id: one.id, name: one.name, state: 'closed' },
      channelId: one.isOffered ? 'offered' : 'given',
    });
  }
  for (let nth = 0; nth < conversations; nth += 1) beRoom(world, nth);
  return world;
}

function begin(world: World, nth: number): Standing {
  const one: Standing = {
    ...{ id: `id-${nth}`, name: `case-${nth}`, isOffered: nth % 3 === 2 },
    ...{ seq: 0, messages: 0, held: null, isAccepted: false },
  };
  tell(world, one, 'conversation.opened', {});
  note(world, one, { verb: 'open' });
  return one;
}

function act(world: World, one: Standing): void {
  world.ms += world.random.between(1, 20);
  const what = world.random.draw({ route: 30, read: 30, say: 15, requeue: 15, transfer: 10 });
  if (what === 'route') route(world, one);
  else if (what === 'read') read(world, one);
  else if (what === 'say') say(world, one);
  else if (what === 'requeue' && one.held !== null && (one.isAccepted || !one.isOffered)) {
    requeue(world, one);
  } else if (what === 'transfer' && !one.isOffered) transfer(world, one);
  if (one.isOffered && one.held !== null && !one.isAccepted) answer(world, one);
}

const freeAgents = ({ kept }: World): string[] =>
  AGENTS.filter(
    (id) =>
      kept.assignments.filter(({ agentId, to }) => agentId === id && to === null).length < CAPACITY,
  );

function route(world: World, one: Standing): void {
  const agentId = world.random.pick(freeAgents(world));
  if (one.held === null && agentId !== undefined) give(world, one, agentId);
}

function give(world: World, one: Standing, agentId: string): void {
  world.ms += 1;
  const { assignments, loads } = world.kept;
  const id = `assignment-${++world.numbers}`;
  one.held = { id, conversationId: one.id, agentId, from: world.ms, to: null };
  one.isAccepted = false;
  assignments.push(one.held);
  const load = assignments.filter((other) => other.agentId === agentId && other.to === null).length;
  loads.push({
    ...{ agentId, loadBefore: load - 1, load, capacity: CAPACITY },
    ...{ isClaim: true, isForced: false, assignmentId: id },
  });
  tell(world, one, 'conversation.assigned', { agentId, assignmentId: id });
  if (one.isOffered) tell(world, one, 'conversation.offered', { agentId, assignmentId: id });
}

function release(world: World, one: Standing): void {
  world.ms += 1;
  if (one.held !== null) one.held.to = world.ms;
  one.held = null;
}

function answer(world: World, one: Standing): void {
  const { agentId = '', id: assignmentId = '' } = one.held ?? {};
  const about = { agentId, assignmentId };
  if (world.random.chance(0.5)) {
    one.isAccepted = true;
    tell(world, one, 'conversation.assignment-confirmed', about);
    tell(world, one, 'conversation.accepted', about);
    note(world, one, { verb: 'accept', agentId });
  } else {
    tell(world, one, 'conversation.declined', about);
    release(world, one);
    note(world, one, { verb: 'decline', agentId });
  }
}

function requeue(world: World, one: Standing): void {
  const op = note(world, one, { verb: 'requeue' });
  release(world, one);
  tell(world, one, 'conversation.requeued', { reason: op.id });
}

function transfer(world: World, one: Standing): void {
  const to = world.random.pick(freeAgents(world));
  if (to === undefined || to === one.held?.agentId) return;
  const op = note(world, one, { verb: 'transfer', agentId: to });
  release(world, one);
  tell(world, one, 'conversation.transferred', { note: op.id, toAgentId: to });
  give(world, one, to);
}

function close(world: World, one: Standing): void {
  world.ms += 50;
  const op = note(world, one, { verb: 'close' });
  tell(world, one, 'conversation.closed', { note: op.id });
  release(world, one);
  world.ms += 50;
  note(world, one, { verb: 'close', answer: 'refused', code: 'conversation.closed' });
}

function read(world: World, one: Standing): void {
  const { held, isOffered, isAccepted } = one;
  const seen = {
    state: held === null ? ('waiting' as const) : ('assigned' as const),
    ...{ agentId: held?.agentId ?? null, isOffered: held !== null && isOffered && !isAccepted },
  };
  note(world, one, { verb: 'read', seen });
}

function say(world: World, one: Standing): void {
  const externalId = `said-${++world.numbers}`;
  one.messages += 1;
  world.kept.messages.push({ conversationId: one.id, externalId, seq: one.messages });
  const at = { invokedAt: world.ms - 0.5, returnedAt: world.ms + 0.5 };
  world.acts.said.push({ conversation: one.name, externalId, ...at, answer: 'done' });
  world.ms += 1;
}

/** One of the outside system, told and ended. */
function beRoom(world: World, nth: number): void {
  const one: Standing = {
    ...{ id: `id-of-room-${nth}`, name: `room-${nth}`, isOffered: false },
    ...{ seq: 0, messages: 0, held: null, isAccepted: false },
  };
  tell(world, one, 'conversation.opened', {});
  const agentId = world.random.pick(freeAgents(world)) ?? '';
  give(world, one, agentId);
  const assignmentId = (one.held as KeptAssignment | null)?.id;
  tell(world, one, 'conversation.assignment-confirmed', { agentId, assignmentId });
  tell(world, one, 'conversation.closed', {});
  release(world, one);
  world.kept.conversations.push({
    ...{ id: one.id, name: one.name, state: 'closed', channelId: 'remote' },
  });
  world.acts.acknowledged.push({ room: one.name, about: 'waiting' });
  world.acts.acknowledged.push({ room: one.name, about: 'resolved' });
}

/** Took effect at this moment, and seemed to take a little longer. */
function note({ acts, random, ms }: World, one: Standing, more: Partial<Operation>): Operation {
  const id = `op-${acts.operations.length}`;
  const operation: Operation = {
    ...{ id, conversation: one.name, verb: 'read', agentId: null, isDoubtful: false },
    ...{ invokedAt: ms - random.between(0, 0.5), returnedAt: ms + random.between(0, 0.5) },
    ...{ answer: 'done', code: null, seen: null, ...more },
  };
  acts.operations.push(operation);
  return operation;
}

function tell(
  { kept, acts }: World,
  one: Standing,
  type: string,
  data: Record<string, unknown>,
): void {
  one.seq += 1;
  const id = `event-${one.id}-${one.seq}`;
  kept.events.push({ id, conversationId: one.id, seq: one.seq, type, data });
  const about = { endpointId: ENDPOINT, id };
  kept.tellings.push({ ...about, conversationId: one.id, seq: one.seq, type });
  acts.received.push({ ...about, hash: id, isSigned: true, isTaken: false });
  acts.received.push({ ...about, hash: id, isSigned: true, isTaken: true });
}
