// Whom to name to a system that asks for an agent without saying for what, several times for each conversation. Pure.
import { decide, type Situation } from './decide.ts';
import { screen } from './screen.ts';
import type { AgentState, Needs } from './types.ts';

/** How many requests the asker makes for one conversation. */
export const REQUESTS_PER_QUESTION = 10;
/** How many of them are answered where each answer costs a place. */
const ANSWERS_PER_QUESTION = 3;

export interface Named {
  /** For each request, in the order in which they came: the agent, or null. */
  answers: (string | null)[];
  /** What is to be held for the answers. `answersLeft`: how many more may be given this agent for it. */
  places: { agentId: string; answersLeft: number }[];
  roundRobinAfter: string | null;
}

type Asked = Pick<Situation, 'strategy' | 'roundRobinAfter' | 'agents' | 'now'> & {
  needs: Needs;
  requests: number;
};

/**
 * Nobody can tell which requests belong to one conversation, so all get the same agent: the best by
 * the router's own preference who has a place for each conversation. Where nobody has that many, an
 * answer costs a place, because each may be used for another conversation; the answers are spread
 * over the requests, and the others get none.
 */
export function nameAgents(asked: Asked): Named {
  const { requests } = asked;
  const questions = Math.ceil(requests / REQUESTS_PER_QUESTION);
  const [all] = choose(asked, { weight: questions, count: 1 });
  if (all !== undefined) {
    const { agentId } = all;
    const answersLeft = questions * REQUESTS_PER_QUESTION - requests;
    return {
      answers: Array.from({ length: requests }, () => agentId),
      // The first place stands for the burst.
      places: Array.from({ length: questions }, (_, n) => ({
        agentId,
        answersLeft: n === 0 ? answersLeft : 0,
      })),
      roundRobinAfter: agentId,
    };
  }
  const count = Math.min(requests, questions * ANSWERS_PER_QUESTION);
  const each = choose(asked, { weight: 1, count });
  const answers: (string | null)[] = Array.from({ length: requests }, () => null);
  each.forEach(({ agentId }, n) => {
    answers[Math.floor((n * requests) / each.length)] = agentId;
  });
  const places = each.map(({ agentId }) => ({ agentId, answersLeft: 0 }));
  return { answers, places, roundRobinAfter: each.at(-1)?.agentId ?? asked.roundRobinAfter };
}

const KEY = 'question';

function choose(
  { needs, ...situation }: Asked,
  { weight, count }: { weight: number; count: number },
): { agentId: string }[] {
  const waiting = Array.from({ length: count }, (_, n) => ({
    ...{ conversationId: String(n), rankAt: n, needsKey: KEY },
  }));
  const screened = new Map([[KEY, screen(situation.agents as AgentState[], { ...needs, weight })]]);
  return decide({ ...situation, waiting, screened }).assignments;
}
