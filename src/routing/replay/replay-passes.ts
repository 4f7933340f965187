// Decides recorded passes again, by the function that decided them. Pure.
import type {
  RecordedGroup,
  RecordedPass,
  RecordedWaiting,
} from '../../contract/routing-record.ts';
import type { CriterionName, Strategy } from '../../contract/strategies.ts';
import { decide } from '../decide.ts';
import { type Screened, screen } from '../screen.ts';
import type { Assignment } from '../types.ts';
import { keepRecordedAgents, type Setups } from './keep-recorded-agents.ts';

/** Of the policy that was in force. */
export interface ReplayedPolicy {
  strategy: Strategy;
  preferIn(plan: string | null): readonly CriterionName[] | undefined;
}

/** Why a pass cannot be decided again. */
export type NotReplayed = 'agents-unknown' | 'policy-gone';

export type Replayed =
  | { assignments: readonly Assignment[]; problem: null }
  | { assignments: null; problem: NotReplayed };

/** Answers a function for one pass after the other, in the order in which they were made. */
export function makeReplay(args: {
  setups: Setups;
  /** null: it is not known any more. */
  policyOf(version: number): ReplayedPolicy | null;
}): (pass: RecordedPass) => Replayed {
  const { setups, policyOf } = args;
  const kept = keepRecordedAgents(setups);
  const screens = new Map<string, Screened>();
  let screenedFor = '';
  return (pass) => {
    kept.learn(pass);
    const agents = kept.all();
    if (agents === null) return { assignments: null, problem: 'agents-unknown' };
    const policy = policyOf(pass.policyVersion);
    if (policy === null) return { assignments: null, problem: 'policy-gone' };
    const version = `${kept.version()} ${pass.policyVersion}`;
    if (version !== screenedFor || screens.size >= MOST_SCREENS) screens.clear();
    screenedFor = version;
    const screened = new Map<string, Screened>();
    for (const [number, group] of pass.groups.entries()) {
      const key = JSON.stringify(group);
      const known = screens.get(key) ?? screenGroup(group, { agents, policy });
      screens.set(key, known);
      screened.set(String(number), known);
    }
    const { now, roundRobinAfter } = pass;
    const waiting = pass.waiting.toSorted(byRank).map(toWaiting);
    const { strategy } = policy;
    const decided = decide({ strategy, roundRobinAfter, agents, waiting, screened, now });
    return { assignments: decided.assignments, problem: null };
  };
}

const MOST_SCREENS = 1000;

function screenGroup(
  { plan, botAgentId, ...needs }: RecordedGroup,
  { agents, policy }: { agents: Parameters<typeof screen>[0]; policy: ReplayedPolicy },
): Screened {
  const bot = botAgentId === null ? {} : { botAgentId };
  return screen(agents, { ...needs, ...bot }, policy.preferIn(plan));
}

/** As the queue is served. */
function byRank(a: RecordedWaiting, b: RecordedWaiting): number {
  return a.rankAt - b.rankAt || (a.conversationId < b.conversationId ? -1 : 1);
}

function toWaiting({ conversationId, rankAt, group, stickyAgentId, onlySticky }: RecordedWaiting) {
  return { conversationId, rankAt, needsKey: String(group), stickyAgentId, onlySticky };
}
