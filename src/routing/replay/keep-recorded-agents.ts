// The agents as the passes of a record saw them, one pass after the other. Pure.
import type { AgentSetup, RecordedAgent, RecordedPass } from '../../contract/routing-record.ts';
import type { AgentState } from '../types.ts';

/** What no assignment changes, by agent and then by digest. */
export type Setups = ReadonlyMap<string, ReadonlyMap<string, AgentSetup>>;

export interface RecordedAgents {
  /** Takes over what a pass recorded. */
  learn(pass: RecordedPass): void;
  /** In the order of their ids; null: no record has had all of them yet, or a setup is missing. */
  all(): readonly AgentState[] | null;
  /** Grows whenever more than loads and times has changed. */
  version(): number;
}

export function keepRecordedAgents(setups: Setups): RecordedAgents {
  const agents = new Map<string, { setup: string; state: AgentState }>();
  const lacking = new Set<string>();
  let isKnown = false;
  let version = 0;
  let ordered: readonly AgentState[] = [];

  const put = (recorded: RecordedAgent) => {
    const { agentId } = recorded;
    const before = agents.get(agentId);
    const facts = setups.get(agentId)?.get(recorded.setup);
    if (facts === undefined) {
      lacking.add(agentId);
      return;
    }
    lacking.delete(agentId);
    const state = readAgent(recorded, facts);
    const isSame =
      before?.setup === recorded.setup && before.state.availability === state.availability;
    if (!isSame) version += 1;
    if (before === undefined) agents.set(agentId, { setup: recorded.setup, state });
    else before.setup = recorded.setup;
    if (before !== undefined) Object.assign(before.state, state);
  };

  const drop = (agentId: string) => {
    agents.delete(agentId);
    lacking.delete(agentId);
  };

  /** Whoever is not named is no more. */
  const begin = (pass: RecordedPass) => {
    isKnown = true;
    const named = new Set(pass.agents.map(({ agentId }) => agentId));
    for (const agentId of [...agents.keys(), ...lacking]) if (!named.has(agentId)) drop(agentId);
  };

  const order = () => {
    if (ordered.length === agents.size && ordered.every((one) => agents.has(one.agentId))) return;
    version += 1;
    ordered = [...agents.values()].map(({ state }) => state).sort(byId);
  };

  return {
    learn: (pass) => {
      if (pass.whole) begin(pass);
      for (const one of pass.agents) put(one);
      for (const agentId of pass.gone) drop(agentId);
      order();
    },
    all: () => (isKnown && lacking.size === 0 ? ordered : null),
    version: () => version,
  };
}

function byId(a: AgentState, b: AgentState): number {
  return a.agentId < b.agentId ? -1 : 1;
}

function readAgent(recorded: RecordedAgent, setup: AgentSetup): AgentState {
  const { agentId, availability, load, externalLoad, idleSince, limitLoads } = recorded;
  const { isBot, capacity, answersHere, paceMs } = setup;
  return {
    ...{ agentId, name: agentId, isBot, availability, capacity, load, externalLoad, answersHere },
    leaseUntil: recorded.leaseUntil ?? Number.POSITIVE_INFINITY,
    identities: new Map(
      Object.entries(setup.identities).map(([channelId, ids]) => {
        return [channelId, { externalId: '', externalChannelIds: ids && new Set(ids) }];
      }),
    ),
    teamIds: new Set(setup.teamIds),
    skills: new Map(Object.entries(setup.skills)),
    idleSince,
    limits: setup.limits.map((limit, nth) => ({ ...limit, load: limitLoads[nth] ?? 0 })),
    paceMs,
    pacedFrom: recorded.pacedFrom ?? Number.NEGATIVE_INFINITY,
  };
}
