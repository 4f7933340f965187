// Which agents the record of passes does not have as they are now.
import { createHash } from 'node:crypto';
import type { AgentSetup, RecordedAgent } from '../contract/routing-record.ts';
import type { AgentState, Instant } from '../routing/types.ts';

export interface RosterRecord {
  /** Of this process, since it read all agents. */
  node: string;
  whole: boolean;
  agents: RecordedAgent[];
  gone: string[];
  /** Those that this node has not written yet. */
  setups: { agentId: string; setup: string; facts: AgentSetup }[];
}

export interface Unrecorded {
  /** `anew`: more than its load may have changed. */
  note(agentId: string, anew?: { anew: true }): void;
  take(args: { agents: ReadonlyMap<string, AgentState>; now: Instant }): RosterRecord;
  forget(): void;
}

/** A replay that begins anywhere has this much to read before it. */
const WHOLE_EVERY_MS = 3_600_000;

/**
 * Every pass that gives something records what has changed since this node recorded last, whoever changed it: so the
 * records of all nodes, in the order of the passes, are the agents as each pass saw them.
 */
export function keepUnrecorded(): Unrecorded {
  const ids = new Set<string>();
  const setups = new Map<string, string>();
  const written = new Map<string, string>();
  let node = makeNode();
  let wholeAt = Number.NEGATIVE_INFINITY;

  /** Its digest; what this node has not written yet is added to the record. */
  const nameSetup = (agent: AgentState, record: RosterRecord): string => {
    const { agentId } = agent;
    const known = setups.get(agentId);
    if (known !== undefined) return known;
    const facts = readSetup(agent);
    const setup = digest(facts);
    setups.set(agentId, setup);
    if (written.get(agentId) === setup) return setup;
    written.set(agentId, setup);
    record.setups.push({ agentId, setup, facts });
    return setup;
  };

  return {
    note: (agentId, anew) => {
      ids.add(agentId);
      if (anew) setups.delete(agentId);
    },
    take: ({ agents, now }) => {
      const whole = now - wholeAt >= WHOLE_EVERY_MS;
      if (whole) wholeAt = now;
      const record: RosterRecord = { node, whole, agents: [], gone: [], setups: [] };
      for (const agentId of whole ? agents.keys() : ids) {
        const agent = agents.get(agentId);
        if (agent === undefined) record.gone.push(agentId);
        else record.agents.push(recordAgent(agent, nameSetup(agent, record)));
      }
      ids.clear();
      return record;
    },
    // What was to be recorded may not have been.
    forget: () => {
      ids.clear();
      setups.clear();
      written.clear();
      node = makeNode();
      wholeAt = Number.NEGATIVE_INFINITY;
    },
  };
}

const NODE_LENGTH = 8;

function makeNode(): string {
  return crypto.randomUUID().slice(0, NODE_LENGTH);
}

function recordAgent(agent: AgentState, setup: string): RecordedAgent {
  const { agentId, availability, leaseUntil, load, externalLoad, idleSince, pacedFrom } = agent;
  // Spelt out: a full house of a thousand agents is recorded in one pass.
  return {
    agentId,
    setup,
    availability,
    load,
    externalLoad,
    idleSince,
    leaseUntil: Number.isFinite(leaseUntil) ? leaseUntil : null,
    pacedFrom: Number.isFinite(pacedFrom) ? pacedFrom : null,
    limitLoads: agent.limits.map((limit) => limit.load),
  };
}

/** Equal agents have equal ones, in whatever order they were read. */
function readSetup(agent: AgentState): AgentSetup {
  const { isBot = false, capacity, answersHere, paceMs } = agent;
  const identities = [...agent.identities].map(([channelId, { externalChannelIds }]) => {
    return [channelId, externalChannelIds && [...externalChannelIds].sort()] as const;
  });
  return {
    ...{ isBot, capacity, answersHere, paceMs },
    identities: Object.fromEntries(identities.sort(([a], [b]) => (a < b ? -1 : 1))),
    teamIds: [...agent.teamIds].sort(),
    skills: Object.fromEntries([...agent.skills].sort(([a], [b]) => (a < b ? -1 : 1))),
    limits: agent.limits.map(({ scope, most }) => ({ scope, most })),
  };
}

const DIGEST_LENGTH = 10;

function digest(facts: AgentSetup): string {
  const hash = createHash('sha1').update(JSON.stringify(facts)).digest('base64url');
  return hash.slice(0, DIGEST_LENGTH);
}
