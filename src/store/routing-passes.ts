// The record of routing passes: written by the pass itself, read again by a replay.
import type {
  AgentSetup,
  RecordedAgent,
  RecordedGroup,
  RecordedPass,
} from '../contract/routing-record.ts';
import { batch } from './batch.ts';
import { plainArray, uuidArray } from './binary-array.ts';
import { type Call, type Db, query, statement } from './sql.ts';

/** As `facts` has an agent: without names, because one stands in the record for each assignment. */
type AgentRow = [
  string,
  string,
  RecordedAgent['availability'],
  number | null,
  number,
  number,
  number,
  (number | null)?,
  (readonly number[])?,
];

interface Facts {
  node: string;
  now: number;
  after?: string;
  whole?: true;
  agents: AgentRow[];
  gone?: readonly string[];
  groups: Partial<RecordedGroup>[];
  /** By the place in the queue: whom the contact knows, and whether nobody else may have it. */
  sticky?: Record<string, [string, boolean]>;
}

const record_ = statement<never>(
  'record-pass',
  `insert into routing_pass (workspace_id, at, policy_version, conversation_ids, assignment_ids, rank_ats, group_numbers, facts)
  values ($1, to_timestamp($2::float8 / 1000), $3, $4::uuid[], $5::uuid[], $6::float8[], $7::smallint[], $8::jsonb)`,
);

export function recordingPass(workspaceId: string, pass: RecordedPass): Call<object> {
  const { waiting, now, policyVersion } = pass;
  const values = [
    ...[workspaceId, now, policyVersion],
    uuidArray(waiting.map(({ conversationId }) => conversationId)),
    uuidArray(waiting.map(({ assignmentId }) => assignmentId)),
    plainArray(waiting.map(({ rankAt }) => rankAt)),
    plainArray(waiting.map(({ group }) => group)),
    JSON.stringify(writeFacts(pass)),
  ];
  return { statement: record_, values };
}

interface NewSetup {
  agentId: string;
  setup: string;
  facts: AgentSetup;
}

const setups = batch<NewSetup>(2, {
  agent_id: ['uuid', ({ agentId }: NewSetup) => agentId],
  setup: ['text', ({ setup }: NewSetup) => setup],
  facts: ['jsonb', ({ facts }: NewSetup) => facts],
});

const keepSetups_ = statement<never>(
  'record-agent-setups',
  `insert into routing_agent (workspace_id, agent_id, setup, facts)
  select $1, agent_id, setup, facts from ${setups.rows} s on conflict do nothing`,
);

/** Other nodes may have kept them already. */
export function recordingSetups(workspaceId: string, rows: readonly NewSetup[]): Call<object> {
  return { statement: keepSetups_, values: [workspaceId, ...setups.values(rows)] };
}

function writeFacts({ node, now, roundRobinAfter, whole, gone, ...pass }: RecordedPass): Facts {
  const sticky: Record<string, [string, boolean]> = {};
  for (const [place, { stickyAgentId, onlySticky }] of pass.waiting.entries()) {
    if (stickyAgentId !== null) sticky[place] = [stickyAgentId, onlySticky];
  }
  return {
    ...{ node, now, agents: pass.agents.map(writeAgent), groups: pass.groups.map(writeGroup) },
    ...(roundRobinAfter !== null && { after: roundRobinAfter }),
    ...(whole && { whole }),
    ...(gone.length > 0 && { gone }),
    ...(Object.keys(sticky).length > 0 && { sticky }),
  };
}

function writeAgent(agent: RecordedAgent): AgentRow {
  const { agentId, setup, availability, leaseUntil, load, externalLoad, idleSince } = agent;
  const { pacedFrom, limitLoads } = agent;
  const row: AgentRow = [agentId, setup, availability, leaseUntil, load, externalLoad, idleSince];
  if (limitLoads.length > 0) row.push(pacedFrom, limitLoads);
  else if (pacedFrom !== null) row.push(pacedFrom);
  return row;
}

function readAgent(row: AgentRow): RecordedAgent {
  const [agentId, setup, availability, leaseUntil, load, externalLoad, idleSince, ...more] = row;
  const [pacedFrom = null, limitLoads = []] = more;
  const known = { agentId, setup, availability, leaseUntil, load, externalLoad, idleSince };
  return { ...known, pacedFrom, limitLoads };
}

const USUAL = {
  ...{ remote: false, externalChannelId: null, teamId: null, skillIds: [], skillLevels: [] },
  ...{ weight: 1, excludedAgentIds: [], askedAgentIds: [], botAgentId: null, plan: null },
};

/** What is as usual goes without saying. */
function writeGroup(group: RecordedGroup): Partial<RecordedGroup> {
  const entries = Object.entries(group).filter(([name, value]) => {
    const usual: unknown = USUAL[name as keyof typeof USUAL];
    return Array.isArray(value) ? value.length > 0 : value !== usual;
  });
  return Object.fromEntries(entries);
}

interface PassRow {
  seq: string;
  policyVersion: number;
  conversationIds: string[];
  /** Empty: nobody could be given it. */
  assignmentIds: string[];
  rankAts: number[];
  groupNumbers: number[];
  facts: Facts;
}

const PASS = `pass_seq::text as seq, policy_version as "policyVersion", conversation_ids::text[] as "conversationIds",
  array_replace(assignment_ids::text[], null, '') as "assignmentIds", rank_ats as "rankAts", group_numbers as "groupNumbers", facts`;

const firstWhole_ = statement<{ at: Date }>(
  'find-first-whole-pass',
  `select at from routing_pass where workspace_id = $1 and at < $2 and at >= $2::timestamptz - interval '2 hours'
    and facts ? 'whole' order by at desc, pass_seq desc limit 1`,
);

/** From where on the agents are known; null: not before. A pass that has all of them comes every hour in which something is given. */
export async function findKnownSince(
  db: Db,
  { workspaceId, from }: { workspaceId: string; from: Date },
): Promise<Date | null> {
  return (await query(db, firstWhole_, [workspaceId, from]))[0]?.at ?? null;
}

const list_ = statement<PassRow>(
  'list-passes',
  `select ${PASS} from routing_pass where workspace_id = $1 and at >= $2 and at < $3 and pass_seq > $4
  order by pass_seq limit $5`,
);

/** In the order in which they were made. `after`: the number of the last that is known. */
export async function listPasses(
  db: Db,
  args: { workspaceId: string; from: Date; until: Date; after: string; limit: number },
): Promise<(RecordedPass & { seq: string })[]> {
  const { workspaceId, from, until, after, limit } = args;
  const rows = await query(db, list_, [workspaceId, from, until, after, limit]);
  return rows.map((row) => ({ seq: row.seq, ...readPass(row) }));
}

function readPass(row: PassRow): RecordedPass {
  const { facts, policyVersion } = row;
  return {
    ...{ node: facts.node, now: facts.now, policyVersion, whole: facts.whole ?? false },
    roundRobinAfter: facts.after ?? null,
    agents: facts.agents.map(readAgent),
    gone: facts.gone ?? [],
    groups: facts.groups.map((group) => ({ ...USUAL, ...group }) as RecordedGroup),
    waiting: row.conversationIds.map((conversationId, place) => {
      const [stickyAgentId, onlySticky] = facts.sticky?.[place] ?? [null, false];
      return {
        ...{ conversationId, assignmentId: row.assignmentIds[place] || null },
        ...{ rankAt: row.rankAts[place] as number, group: row.groupNumbers[place] as number },
        ...{ stickyAgentId, onlySticky },
      };
    }),
  };
}

const setups_ = statement<NewSetup>(
  'list-agent-setups',
  `select agent_id as "agentId", setup, facts from routing_agent where workspace_id = $1 order by agent_id, setup limit 100000`,
);

export function listSetups(db: Db, workspaceId: string): Promise<NewSetup[]> {
  return query(db, setups_, [workspaceId]);
}
