// Explains why a conversation is not with a certain agent: what stands against them, or who went before them.
import { channelKinds } from '../contract/channel-kinds.ts';
import type { PolicyDocument } from '../contract/policy/document.ts';
import type { WhyNot, WhyNotReason } from '../contract/why-not.ts';
import { Refused } from '../errors.ts';
import { isReachable } from '../routing/eligible.ts';
import { askedBefore, excludedAt } from '../routing/exclusions.ts';
import { type Against, explainObstacles } from '../routing/explain-obstacles.ts';
import { findObstacles } from '../routing/find-obstacles.ts';
import { compilePolicy } from '../routing/plans/compile-policy.ts';
import { findFittingStep } from '../routing/plans/find-fitting-step.ts';
import type { AgentState, Needs } from '../routing/types.ts';
import { wordWhyNot } from '../routing/word-why-not.ts';
import { countBefore } from '../store/before-in-queue.ts';
import { readClock } from '../store/clock.ts';
import { type ConversationRow, getConversation } from '../store/conversations.ts';
import { readPolicyNames } from '../store/policy-names.ts';
import { readSettledRoster } from '../store/roster.ts';
import { TO_ROUTE } from '../store/send-to-rules.ts';
import type { Db } from '../store/sql.ts';
import { withSnapshot } from '../store/tx.ts';
import { getPolicy } from '../store/workspaces.ts';
import type { Desk } from './context.ts';
import { explainAlone, explainParked } from './explain-conversation.ts';
import { explainHandover } from './explain-handover.ts';
import { explainLoss } from './explain-loss.ts';
import { foretellAssignment } from './foretell-assignment.ts';
import { toState } from './keep-agents.ts';
import { askedOf } from './place-waiting.ts';

interface Key {
  workspaceId: string;
  conversationId: string;
  agentId: string;
}

/**
 * From a snapshot, without the routing lock. Refuses `conversation.not-found` and
 * `agent.not-found`.
 */
export async function explainWhyNot(desk: Pick<Desk, 'db'>, key: Key): Promise<WhyNot> {
  return withSnapshot(desk.db, '', async (tx) => {
    const conversation = await getConversation(tx, key);
    if (conversation === null) throw new Refused('conversation.not-found');
    const agents = (await readSettledRoster(tx, key.workspaceId)).map(toState);
    const agent = agents.find(({ agentId }) => agentId === key.agentId);
    if (agent === undefined) throw new Refused('agent.not-found');
    const against = await readAgainst(tx, key, conversation, agent);
    const asked = { key, conversation, against, agents };
    const { reasons, today } = await explain(tx, asked);
    return {
      ...{ agentId: agent.agentId, agentName: agent.name, state: conversation.state },
      ...{ reasons, explanation: reasons.map((one) => wordWhyNot(one, agent.name)) },
      ...{ today, todayExplanation: today.map((one) => wordWhyNot(one, agent.name)) },
    };
  });
}

interface Asked {
  key: Key;
  conversation: ConversationRow;
  against: Against;
  agents: readonly AgentState[];
}

async function readAgainst(
  db: Db,
  { workspaceId }: Key,
  conversation: ConversationRow,
  agent: AgentState,
): Promise<Against> {
  const { teams, skills, channels } = await readPolicyNames(db, workspaceId);
  const { channelId, channelKind, exclusions } = conversation;
  const groups = { team: teams, skill: skills };
  return {
    ...{ agent, exclusions },
    needs: { ...conversation, remote: channelKinds[channelKind].desk === 'remote' },
    now: (await readClock(db)).getTime(),
    channelName: channels.find(({ id }) => id === channelId)?.name ?? channelKind,
    nameOf: (kind, id) => groups[kind].find((one) => one.id === id)?.name ?? id,
  };
}

async function explain(
  db: Db,
  asked: Asked,
): Promise<{ reasons: WhyNotReason[]; today: WhyNotReason[] }> {
  const { key, conversation, against } = asked;
  if (conversation.state === 'waiting') {
    return { reasons: await explainWaiting(db, asked), today: [] };
  }
  const parked = explainParked(conversation);
  const past = [...explainOffer(asked), ...(await explainLoss(db, { key, conversation }))];
  const reasons = parked === null ? past : [parked, ...past];
  const isHeld = conversation.state === 'assigned' || conversation.state === 'parked';
  const isElsewhere = isHeld && conversation.agentId !== key.agentId;
  return { reasons, today: isElsewhere ? explainObstacles(against) : [] };
}

async function explainWaiting(db: Db, asked: Asked): Promise<WhyNotReason[]> {
  const { key, conversation, against, agents } = asked;
  if (conversation.needsKey === TO_ROUTE) {
    // What it needs is not known before the rules were asked.
    const own = explainObstacles(against, (one) => one !== 'team' && one !== 'skills');
    return [{ code: 'to-route' }, ...own];
  }
  const { isAlone, reasons: handedOver } = await explainHandover(db, key, conversation);
  const held = explainHold(conversation, against.now);
  const obstacles = explainObstacles(against);
  const alone = explainAlone(conversation, agents)?.reason;
  const others = alone?.code === 'waits-for' && alone.agentId !== key.agentId ? [alone] : [];
  const reasons: WhyNotReason[] = [
    ...(isAlone ? handedOver : []),
    ...held,
    ...others,
    ...obstacles,
    ...explainAsked(asked),
    ...(await explainSteps(db, asked)),
    ...(await explainBefore(db, asked)),
  ];
  if (isAlone || [...held, ...others, ...obstacles].length > 0) return reasons;
  const foretold = await foretellAssignment(db, key);
  return foretold === null ? reasons : [...reasons, foretold];
}

/** It is not decided yet: whoever it is offered to may still decline. */
function explainOffer({ key, conversation }: Asked): WhyNotReason[] {
  const { state, agentId, agentName, offeredUntil } = conversation;
  if (state !== 'assigned' || agentId === key.agentId || offeredUntil === null) return [];
  const until = offeredUntil.toISOString();
  return [{ code: 'offered', agentName: agentName ?? agentId ?? '', until }];
}

/** They may be asked again, but only after everybody who was not asked. */
function explainAsked({ key, conversation, against }: Asked): WhyNotReason[] {
  const { exclusions } = conversation;
  if (!askedBefore(exclusions).includes(key.agentId)) return [];
  const now = new Date(against.now);
  const last = exclusions.find(({ agentId }) => agentId === key.agentId);
  const isExcluded = excludedAt(exclusions, now).some(({ agentId }) => agentId === key.agentId);
  return isExcluded || last === undefined ? [] : [{ code: 'asked-before', cause: last.cause }];
}

function explainHold(
  { heldUntil, holdReason }: ConversationRow,
  now: number,
): Extract<WhyNotReason, { code: 'held' }>[] {
  const until = heldUntil instanceof Date ? heldUntil : null;
  if (heldUntil === null || (until !== null && until.getTime() <= now)) return [];
  return [
    { code: 'held', until: until?.toISOString() ?? null, holdReason: holdReason ?? 'unknown' },
  ];
}

/** Where only team or skills keep them from it now: whether a later step asks for less. */
async function explainSteps(
  db: Db,
  { key, conversation, against }: Asked,
): Promise<WhyNotReason[]> {
  const { plan, route } = conversation;
  const { agent, needs, now } = against;
  const mismatch = explainObstacles(against, (one) => one === 'team' || one === 'skills');
  if (mismatch.length === 0 || plan === null || route === null) return [];
  const { routing } = compilePolicy((await getPolicy(db, key.workspaceId)) as PolicyDocument);
  if (routing === null || !routing.plans.has(route.entered.plan)) return [];
  const found = findFittingStep(routing, {
    ...{ asked: askedOf(route), entered: route.entered, now },
    fits: (placed, at) =>
      findObstacles(agent, { ...needs, ...placed }, { now: at }).every(
        (one) => one !== 'team' && one !== 'skills',
      ),
  });
  if (found === null) return [{ code: 'fits-at-no-step', plan }];
  const at = new Date(found.at).toISOString();
  return [{ code: 'fits-later', plan: found.plan, step: found.step + 1, at }];
}

/** Where the agent could serve it at all: how many they could be given before it. */
async function explainBefore(db: Db, { key, against }: Asked): Promise<WhyNotReason[]> {
  const serves = serving(against.agent);
  if (!serves(against.needs)) return [];
  const groups = await countBefore(db, key);
  const count = groups.filter(serves).reduce((sum, one) => sum + one.count, 0);
  return count === 0 ? [] : [{ code: 'others-before', count }];
}

/** As if they were online with nothing to do. */
function serving(agent: AgentState): (needs: Needs) => boolean {
  const there: AgentState = { ...agent, availability: 'online' };
  return (needs) => isReachable(there, needs, { now: Number.NEGATIVE_INFINITY });
}
