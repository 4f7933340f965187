// A stand-in who takes the shop's chats while nobody is signed in as Maya.
import type { Agent } from '../../../src/contract/agents.ts';
import type { Company } from './found-company.ts';
import { improvise } from './improvise.ts';
import type { Look } from './open-board.ts';
import { STAND_IN } from './staff.ts';

export interface StandIn {
  /** `follows`: whether a conversation has a story, and is not to be improvised. */
  onLook(look: Look, follows: (conversationId: string) => boolean): void;
  stop(): void;
}

export function openStandIn(company: Company, onError: (error: unknown) => void): StandIn {
  const member = [...company.staff.values()].find(({ name }) => name === STAND_IN);
  if (member === undefined) throw new Error(`${STAND_IN} was not hired.`);
  const { agentId } = member;
  const improviser = improvise(member);
  let relieved: boolean | null = null;
  return {
    onLook: (look, follows) => {
      const isHere = isMayaHere(company, look);
      if (relieved !== isHere) {
        relieved = isHere;
        putInShop(company, agentId, !isHere).catch(onError);
      }
      for (const one of look.open.values()) {
        if (one.agentId === agentId && !follows(one.id)) improviser.onSeen(one);
      }
    },
    stop: improviser.stop,
  };
}

export function isMayaHere({ seats }: Company, { agents }: Look): boolean {
  const maya = agents.find(({ id }) => id === seats.agent.agentId);
  return maya?.availability === 'online';
}

/** Adds an agent to the team Shop, or takes them out. */
export async function putInShop(
  { call, teamIds }: Company,
  agentId: string,
  isIn: boolean,
): Promise<void> {
  const agent = await call<Agent>('GET', `/api/v1/agents/${agentId}`);
  const shopId = teamIds.get('Shop') as string;
  const others = agent.teamIds.filter((id) => id !== shopId);
  await call('PATCH', `/api/v1/agents/${agentId}`, {
    teamIds: isIn ? [shopId, ...others] : others,
  });
}
