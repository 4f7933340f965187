// Changes an agent: name, capacity, availability, teams. Each change may free capacity or need the
// router.
import { v7 as uuid } from 'uuid';
import { Refused } from '../errors.ts';
import { isIdentified } from '../store/agent-identities.ts';
import { putLimits } from '../store/agent-limits.ts';
import {
  type AgentChange,
  type AgentRow,
  deleteAgentRow,
  findAgentByEmail,
  getAgent,
  insertAgent,
  setAgentSkillLevels,
  setAgentSkills,
  setAgentTeams,
  setDefaultCapacity,
  updateAgentRow,
} from '../store/agents.ts';
import { addAuditEntry } from '../store/audit.ts';
import { conversationsHeldBy } from '../store/conversations.ts';
import type { Promised } from '../store/effects.ts';
import { endLapsed } from '../store/leases.ts';
import { returnParkedOf } from '../store/parked.ts';
import { recordStatusChange, type StatusWhy } from '../store/status-changes.ts';
import { getStatus } from '../store/statuses.ts';
import type { RoutingTx } from '../store/tx.ts';
import { revokeActing } from './change-token.ts';
import { type After, commitLocked } from './commit.ts';
import type { Desk } from './context.ts';
import { takeAllFrom } from './hand-over-from-bot.ts';
import { refuseUnknown } from './refuse-unknown.ts';
import { requeueConversation } from './requeue-conversation.ts';
import { resolveLimits } from './resolve-limits.ts';

type Key = { workspaceId: string; agentId: string };
/** Who did it, if it is to be recorded. */
type ByHand = { actor?: string | undefined };
export type AgentUpdate = AgentChange & {
  teamIds?: readonly string[] | undefined;
  skillIds?: readonly string[] | undefined;
  /** By the id of a skill that the agent has; the others stay. */
  skillLevels?: Readonly<Record<string, number>> | undefined;
  /** How long the agent counts as online; null: until changed. */
  leaseSeconds?: number | null | undefined;
  /** Said with a change of availability or status. */
  statusReason?: string | null | undefined;
};

/** An outside system says so. */
const SAID_ELSEWHERE: StatusWhy = { cause: 'elsewhere', by: null };

/**
 * Refuses `agent.not-found`, `agent.email-taken`, `team.not-found`, `skill.not-found`, and
 * `agent.kept-elsewhere` for what the next look at the outside system would undo, `status.not-found`,
 * `status.archived`, `status.only-away` and `agent.limit-invalid`. A status sets whoever is not away away.
 */
export async function updateAgent(
  desk: Desk,
  key: Key & ByHand & { isOneself?: boolean },
  given: AgentUpdate,
): Promise<AgentRow> {
  const update = withAvailability(given);
  const agent = await commitLocked(desk, key.workspaceId, async (tx, after, now) => {
    await refuseKeptElsewhere(tx, key, update);
    const leaseUntil = readLease(update.leaseSeconds, now) ?? update.leaseUntil;
    const why: StatusWhy = {
      cause: key.isOneself ? 'chosen' : 'set',
      by: key.actor ?? null,
      reason: update.statusReason,
    };
    await applyUpdate(after(agentChanged(key, update)), key, { ...update, leaseUntil }, why);
    // Availability and status have a record of their own, and change many times a day.
    const change = withoutPresence(update);
    if (Object.keys(change).length > 0) await note(tx, key, { verb: 'updated', change });
    return getAgent(tx, key);
  });
  if (agent === null) throw new Refused('agent.not-found');
  // People wait for nobody who is a program and not there.
  if (
    agent.kind === 'bot' &&
    update.availability !== undefined &&
    agent.availability !== 'online'
  ) {
    await takeAllFrom(desk, { ...key, reason: 'bot-off' });
  }
  return agent;
}

export async function createAgent(
  desk: Desk,
  workspaceId: string,
  {
    actor,
    ...agent
  }: Omit<AgentUpdate, 'statusId' | 'statusReason'> & {
    name: string;
    kind?: 'human' | 'bot';
  } & ByHand,
): Promise<AgentRow> {
  const key = { workspaceId, agentId: uuid() };
  const created = await commitLocked(desk, workspaceId, async (tx, after) => {
    await refuseTakenEmail(tx, key, agent.email);
    const writing = after({ ...agentChanged(key), rights: false });
    await insertAgent(writing, {
      ...key,
      name: agent.name,
      email: agent.email ?? null,
      role: agent.role ?? 'agent',
      capacity: agent.capacity ?? null,
      availability: agent.availability ?? 'offline',
      answersHere: true,
      kind: agent.kind ?? 'human',
    });
    await setBounds(writing, key, agent);
    await setGroups(writing, key, agent);
    await note(tx, { ...key, actor }, { verb: 'created', change: agent });
    return getAgent(tx, key);
  });
  if (created === null) throw new Error('The new agent is gone.');
  return created;
}

/**
 * The agent's conversations go back to the queue. Refuses `agent.not-found` and
 * `agent.listed-elsewhere`.
 */
export async function deleteAgent(desk: Desk, key: Key & ByHand): Promise<void> {
  const held = await commitLocked(desk, key.workspaceId, async (tx, after) => {
    if (await isIdentified(tx, key)) throw new Refused('agent.listed-elsewhere');
    const writing = after({ agent: key.agentId, rights: true });
    if (!(await deleteAgentRow(writing, key))) throw new Refused('agent.not-found');
    await returnOfGone(after, key);
    await note(tx, key, { verb: 'removed', change: {} });
    await revokeActing(writing, { ...key, actor: key.actor ?? 'system' });
    return conversationsHeldBy(tx, key);
  });
  for (const conversationId of held) {
    const { workspaceId, agentId: onlyFrom } = key;
    const reason = 'agent-deleted';
    await requeueConversation(desk, {
      workspaceId,
      conversationId,
      reason,
      actor: 'system',
      acting: null,
      onlyFrom,
      orParked: true,
    });
  }
}

/** What the agent has parked waits for somebody else: nobody would look after it. */
async function returnOfGone(after: After<RoutingTx>, key: Key & ByHand): Promise<void> {
  const back: string[] = [];
  const some = () => back.length > 0;
  const writing = after({ wake: some, send: some, conversation: () => back });
  const how = { cause: 'agent-gone', actor: key.actor ?? 'system' } as const;
  back.push(...(await returnParkedOf(writing, { ...key, ...how })));
}

/**
 * The capacity of every agent without one of their own. A raise assigns the next conversations at
 * once.
 */
export async function changeDefaultCapacity(
  desk: Desk,
  args: { workspaceId: string; capacity: number },
): Promise<void> {
  await commitLocked(desk, args.workspaceId, (_, after) =>
    setDefaultCapacity(after({ wake: true, agent: null }), args),
  );
}

/**
 * The connection that has promised to tell of the agent, and to judge the rights that a role ends.
 */
export type AgentTx = RoutingTx & Promised<'wake' | 'send' | 'agent' | 'rights'>;

/** What follows a change of that agent; null: of an agent who is still to be found. */
export function agentChanged({ agentId }: { agentId: string | null }, { role }: AgentChange = {}) {
  return { wake: true, send: true, agent: agentId, rights: role !== undefined };
}

/** Writes the change and, when availability or status differ, its record and events. */
export async function applyUpdate(
  tx: AgentTx,
  key: Key,
  update: AgentUpdate,
  why: StatusWhy = SAID_ELSEWHERE,
): Promise<void> {
  await refuseTakenEmail(tx, key, update.email);
  await refuseStatus(tx, key.workspaceId, update.statusId);
  const { workspaceId, agentId } = key;
  // A lease that is over and not yet ended: first what was true until now.
  if (touchesPresence(update)) await endLapsed(tx, { workspaceId, agentId });
  const limits = update.limits && (await resolveLimits(tx, workspaceId, update.limits));
  const changed = await updateAgentRow(tx, key, { ...update, limits });
  if (changed === null) throw new Refused('agent.not-found');
  if (limits !== undefined) await putLimits(tx, { workspaceId, agentId });
  if (changed.statusChanged) await recordStatusChange(tx, key, { ...why, ...changed });
  await setGroups(tx, key, update);
}

/** Of a new agent: their own, and the workspace's limits. */
async function setBounds(
  tx: AgentTx,
  key: Key,
  { limits, pace, wrapUp }: Pick<AgentUpdate, 'limits' | 'pace' | 'wrapUp'>,
): Promise<void> {
  if (limits ?? pace ?? wrapUp ?? null) await applyUpdate(tx, key, { limits, pace, wrapUp });
  await putLimits(tx, key);
}

function touchesPresence({ availability, statusId, leaseUntil }: AgentUpdate): boolean {
  return availability !== undefined || statusId !== undefined || leaseUntil !== undefined;
}

function withoutPresence(update: AgentUpdate): Partial<AgentUpdate> {
  const { availability: _, statusId: __, statusReason: ___, ...rest } = update;
  const { leaseSeconds: ____, leaseUntil: _____, ...change } = rest;
  return change;
}

/** Whoever names a status is away. */
function withAvailability(update: AgentUpdate): AgentUpdate {
  const { statusId, availability = 'away' } = update;
  if (statusId === undefined || statusId === null) return update;
  if (availability !== 'away') throw new Refused('status.only-away');
  return { ...update, availability };
}

async function refuseStatus(
  tx: RoutingTx,
  workspaceId: string,
  id: string | null | undefined,
): Promise<void> {
  if (id === undefined || id === null) return;
  const status = await getStatus(tx, { workspaceId, id });
  if (status === null) throw new Refused('status.not-found');
  if (status.archived) throw new Refused('status.archived');
}

async function refuseKeptElsewhere(tx: RoutingTx, key: Key, update: AgentUpdate): Promise<void> {
  const { name, availability, statusId } = update;
  if (name === undefined && availability === undefined && statusId === undefined) return;
  const agent = await getAgent(tx, key);
  if (agent === null) throw new Refused('agent.not-found');
  const changes =
    (name !== undefined && name !== agent.name) ||
    (availability !== undefined && availability !== agent.availability) ||
    (statusId !== undefined && statusId !== agent.statusId);
  if (changes && (await isIdentified(tx, key))) throw new Refused('agent.kept-elsewhere');
}

function readLease(seconds: number | null | undefined, now: Date): Date | 'infinity' | undefined {
  if (seconds === undefined) return undefined;
  return seconds === null ? 'infinity' : new Date(now.getTime() + seconds * 1000);
}

async function note(
  tx: RoutingTx,
  { workspaceId, agentId: objectId, actor }: Key & ByHand,
  { verb, change }: { verb: string; change: object },
): Promise<void> {
  if (actor === undefined) return;
  const action = `agent.${verb}`;
  await addAuditEntry(tx, { workspaceId, actor, action, objectId, change: { ...change } });
}

async function setGroups(
  tx: RoutingTx & Promised<'wake' | 'agent'>,
  key: Key,
  update: AgentUpdate,
): Promise<void> {
  const { teamIds, skillIds, skillLevels } = update;
  if (teamIds !== undefined) {
    await refuseUnknown(tx, key.workspaceId, 'team', teamIds);
    await setAgentTeams(tx, { ...key, teamIds });
  }
  if (skillIds !== undefined) {
    await refuseUnknown(tx, key.workspaceId, 'skill', skillIds);
    await setAgentSkills(tx, { ...key, skillIds });
  }
  if (skillLevels !== undefined) await setLevels(tx, key, skillLevels);
}

async function setLevels(
  tx: RoutingTx & Promised<'wake' | 'agent'>,
  key: Key,
  skillLevels: Readonly<Record<string, number>>,
): Promise<void> {
  const set = await setAgentSkillLevels(tx, { ...key, skillLevels });
  const without = Object.keys(skillLevels).find((skillId) => !set.includes(skillId));
  if (without !== undefined) {
    const detail = `The agent does not have the skill ${without}: give it first, in skillIds.`;
    throw new Refused('skill.not-found', detail);
  }
}

async function refuseTakenEmail(
  tx: RoutingTx,
  { workspaceId, agentId }: Key,
  email: string | null | undefined,
): Promise<void> {
  if (email === null || email === undefined) return;
  const holder = await findAgentByEmail(tx, { workspaceId, email });
  if (holder !== null && holder !== agentId) throw new Refused('agent.email-taken');
}
