// Whether an agent has room for what a person gives them, by the rules of the router; and what keeps them from it, in words.
import { channelKinds } from '../contract/channel-kinds.ts';
import { findWant, isAbout, roomUnder } from '../routing/eligible.ts';
import type { Limit } from '../routing/types.ts';
import type { AgentRow } from '../store/agents.ts';
import type { ConversationRow } from '../store/conversations.ts';

type Wanted = Pick<ConversationRow, 'channelId' | 'channelKind' | 'weight'>;

/** What a person gives holds to no pace. */
export function hasRoom(agent: AgentRow, wanted: Wanted): boolean {
  return findWant(boundsOf(agent), needsOf(wanted)) === null;
}

export function isRemote({ channelKind }: Pick<Wanted, 'channelKind'>): boolean {
  return channelKinds[channelKind].desk === 'remote';
}

export function wordFull(agent: AgentRow, wanted: Wanted): string {
  const wraps = agent.wrapUps.reduce((sum, { weight }) => sum + weight, 0);
  const done = wraps === 0 ? '' : ` ${wraps} of it is wrapped up at this moment.`;
  return `${agent.name} holds ${wordHeld(agent, wanted)}.${done} A supervisor may send "force": true.`;
}

export function wordHeld(agent: AgentRow, wanted: Wanted): string {
  const { externalLoad, load, effectiveCapacity, effectiveLimits } = agent;
  const needs = needsOf(wanted);
  if (findWant(boundsOf(agent), needs) !== 'limit') {
    return `${load + externalLoad} of ${effectiveCapacity}`;
  }
  const roomIn = (limit: Limit) => roomUnder(limit, needs, externalLoad);
  return effectiveLimits
    .filter((limit) => isAbout(limit, needs) && roomIn(limit) < needs.weight)
    .map((limit) => {
      const isKind = limit.scope === wanted.channelKind;
      const of = isKind ? `the kind ${channelKinds[wanted.channelKind].name}` : 'this channel';
      return `${limit.most - roomIn(limit)} of ${limit.most} of ${of}`;
    })
    .join(' and ');
}

function needsOf(wanted: Wanted) {
  return { ...wanted, remote: isRemote(wanted) };
}

function boundsOf({ effectiveCapacity: capacity, effectiveLimits: limits, ...rest }: AgentRow) {
  return { ...rest, capacity, limits };
}
