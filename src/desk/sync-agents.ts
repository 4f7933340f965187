// Takes over what an outside system reports of its agents: who there is, who is available, who has how many.
import { v7 as uuid } from 'uuid';
import { eachAlone } from '../loops/each-alone.ts';
import {
  dropIdentity,
  type IdentityRow,
  isIdentified,
  listIdentities,
  noteAbsence,
  putExcess,
  putIdentity,
  setIdentityAside,
} from '../store/agent-identities.ts';
import { putLimits } from '../store/agent-limits.ts';
import { bringAgentBack, findAgentByEmail, insertAgent, setAgentAside } from '../store/agents.ts';
import { conversationsHeldBy } from '../store/conversations.ts';
import { settleReservations } from '../store/reservations.ts';
import type { RoutingTx } from '../store/tx.ts';
import { commitLocked } from './commit.ts';
import type { Desk } from './context.ts';
import { judgeCount } from './judge-count.ts';
import { liftExclusions } from './lift-exclusions.ts';
import { requeueConversation } from './requeue-conversation.ts';
import { type AgentTx, applyUpdate } from './update-agent.ts';

export interface ReportedAgent {
  externalId: string;
  /** By which an answer to the outside system names them; absent where it asks for nobody. */
  username?: string | null;
  name: string;
  email: string | null;
  isAvailable: boolean;
  /** How many customers the outside system counts for the agent; null when it does not say. */
  customerCount: number | null;
  /**
   * How many of them are certainly none of ours, where each is known by name; absent: judged from
   * the count.
   */
  othersCount?: number;
  /** null: any channel, or not known. */
  channelIds: string[] | null;
}

/** Page-numbered lists can shift while they are read, so one absence proves nothing. */
const ABSENCES_BEFORE_SET_ASIDE = 2;

/**
 * Agents missing from two reports in a row are set aside, and their conversations go back to the
 * queue. An empty report proves nothing about agents who are not named in `gone`.
 */
export async function syncAgents(
  desk: Desk,
  args: {
    workspaceId: string;
    channelId: string;
    agents: readonly ReportedAgent[];
    /** Agents who do not exist, as the outside system said when asked for each. */
    gone?: readonly string[];
    /** Whether its agents answer conversations of our desk too; they do so there alone. */
    mirrors?: boolean;
    /** The rooms that were counted, and when that was begun; absent where no places are held. */
    look?: { roomIds: readonly string[]; at: Date };
  },
): Promise<void> {
  const { workspaceId, channelId, gone = [] } = args;
  const scope = { workspaceId, channelId, mirrors: args.mirrors ?? false };
  const { held, news } = await commitLocked(desk, workspaceId, async (_, after) => {
    const found: News[] = [];
    const told = () => found.map(({ agentId }) => agentId);
    const tx = after({ wake: true, send: true, agent: told, rights: false });
    const rows = await listIdentities(tx, scope);
    const known = new Map(rows.map((row) => [row.externalId, row]));
    const places = await countHeld(tx, scope, args.look);
    for (const reported of args.agents) {
      const row = known.get(reported.externalId);
      const agent = withHeld(reported, places.get(row?.agentId ?? '') ?? 0);
      const one =
        row === undefined
          ? await adopt(tx, scope, { agent, rows })
          : await refresh(tx, scope, { agent, row });
      if (one !== null) found.push(one);
      known.delete(agent.externalId);
    }
    const missing = [...known.values()].filter(({ isSetAside }) => !isSetAside);
    const believed = missing.filter(
      (row) => args.agents.length > 0 || gone.includes(row.externalId),
    );
    const orphaned: Held[] = [];
    for (const row of believed) {
      const missed = await miss(tx, scope, row);
      if (missed === null) continue;
      orphaned.push(...missed);
      found.push({ agentId: row.agentId, cameBack: false });
    }
    return { held: orphaned, news: found };
  });
  const cameBack = news.flatMap((one) => (one.cameBack ? [one.agentId] : []));
  if (cameBack.length > 0) await liftExclusions(desk, { workspaceId, cameBack });
  // If this fails, `requeueLeft` finds them.
  await eachAlone(held, async ({ conversationId, agentId: onlyFrom }) => {
    const how = {
      reason: 'agent-removed',
      actor: 'remote',
      acting: null,
      onlyFrom,
      orParked: true,
    };
    await requeueConversation(desk, { workspaceId, conversationId, ...how });
  });
}

/** The places that are held for rooms which the look cannot have counted, by agent. */
async function countHeld(
  tx: RoutingTx,
  scope: Scope,
  look: { roomIds: readonly string[]; at: Date } | undefined,
): Promise<Map<string, number>> {
  if (look === undefined) return new Map();
  return settleReservations(tx, { ...scope, roomIds: look.roomIds, lookedAt: look.at });
}

function withHeld(agent: ReportedAgent, places: number): ReportedAgent {
  return places === 0 ? agent : { ...agent, othersCount: (agent.othersCount ?? 0) + places };
}

/** The ids listed last, as the outside system writes them. */
export async function listReported(
  desk: Pick<Desk, 'db'>,
  scope: { workspaceId: string; channelId: string },
): Promise<string[]> {
  const rows = await listIdentities(desk.db, scope);
  return rows.flatMap(({ externalId, isSetAside }) => (isSetAside ? [] : [externalId]));
}

/** An agent who is not as before. */
interface News {
  agentId: string;
  /** The cause of their exclusions may be gone: they came online, or serve other channels. */
  cameBack: boolean;
}

interface Held {
  conversationId: string;
  agentId: string;
}

interface Scope {
  workspaceId: string;
  channelId: string;
  mirrors: boolean;
}

/** The agent may be new, known by the address, or set aside under another id. */
async function adopt(
  tx: AgentTx,
  scope: Scope,
  { agent, rows }: { agent: ReportedAgent; rows: readonly IdentityRow[] },
): Promise<News> {
  const { workspaceId } = scope;
  const email = agent.email?.trim() || null;
  const holder = await findHolder(tx, scope, { email, rows });
  const agentId = holder ?? uuid();
  const availability = agent.isAvailable ? 'online' : 'offline';
  if (holder === null) {
    await insertAgent(tx, {
      workspaceId,
      agentId,
      name: agent.name,
      email,
      role: 'agent',
      capacity: null,
      availability,
      answersHere: scope.mirrors,
    });
    await putLimits(tx, { workspaceId, agentId });
  }
  await applyUpdate(
    tx,
    { workspaceId, agentId },
    {
      availability,
      externalLoad: agent.othersCount ?? agent.customerCount ?? 0,
      ...(scope.mirrors && { answersHere: true }),
    },
  );
  const { externalId, channelIds: externalChannelIds, username = null } = agent;
  await putIdentity(tx, { ...scope, agentId, externalId, externalChannelIds, username });
  return { agentId, cameBack: true };
}

async function findHolder(
  tx: AgentTx,
  scope: Scope,
  { email, rows }: { email: string | null; rows: readonly IdentityRow[] },
): Promise<string | null> {
  if (email === null) return null;
  const { workspaceId } = scope;
  const holder = await findAgentByEmail(tx, { workspaceId, email });
  if (holder !== null) return holder;
  const before = rows.find(
    (row) => row.isSetAside && row.email?.toLowerCase() === email.toLowerCase(),
  );
  if (before === undefined) return null;
  const { agentId, externalId } = before;
  if (!(await bringAgentBack(tx, { workspaceId, agentId }))) return null;
  await dropIdentity(tx, { ...scope, externalId });
  return agentId;
}

/** null: nothing has changed. */
async function refresh(
  tx: AgentTx,
  scope: Scope,
  { agent, row }: { agent: ReportedAgent; row: IdentityRow },
): Promise<News | null> {
  if (row.isGone && !(await bringAgentBack(tx, { ...scope, agentId: row.agentId }))) {
    // Another agent has this address now: then it is that one.
    await dropIdentity(tx, { ...scope, externalId: row.externalId });
    return adopt(tx, scope, { agent, rows: [] });
  }
  const availability = agent.isAvailable ? 'online' : 'offline';
  const { agentId, externalId } = row;
  const { othersCount } = agent;
  const count =
    othersCount === undefined ? judgeCount(agent, row) : { believed: othersCount, excess: null };
  const externalLoad = count.believed;
  if (count.excess !== row.excess) {
    await putExcess(tx, { ...scope, externalId, excess: count.excess });
  }
  const same =
    row.availability === availability &&
    row.name === agent.name &&
    row.externalLoad === externalLoad;
  const key = { workspaceId: scope.workspaceId, agentId };
  if (!same) await applyUpdate(tx, key, { availability, name: agent.name, externalLoad });
  const { channelIds: externalChannelIds, username = null } = agent;
  const isElsewhere = !sameSet(row.externalChannelIds, externalChannelIds);
  if (row.absences > 0 || row.isSetAside || isElsewhere || row.username !== username) {
    await putIdentity(tx, { ...scope, agentId, externalId, externalChannelIds, username });
  }
  if (same && !isElsewhere && !row.isSetAside && !row.isGone) return null;
  const cameOnline = row.availability !== 'online' && agent.isAvailable;
  return { agentId, cameBack: cameOnline || isElsewhere };
}

function sameSet(a: readonly string[] | null, b: readonly string[] | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((id) => b.includes(id));
}

/**
 * An agent who exists only there is set aside altogether. null: they may be listed again the next
 * time.
 */
async function miss(tx: AgentTx, scope: Scope, row: IdentityRow): Promise<Held[] | null> {
  const { workspaceId } = scope;
  const { agentId, externalId } = row;
  if (row.absences + 1 < ABSENCES_BEFORE_SET_ASIDE) {
    await noteAbsence(tx, { ...scope, externalId });
    return null;
  }
  await setIdentityAside(tx, { ...scope, externalId, agentId });
  const listed = (await listIdentities(tx, scope)).filter((other) => other.agentId === agentId);
  // Made again there under another id: the old id will not come back.
  if (listed.some(({ isSetAside }) => !isSetAside)) {
    await dropIdentity(tx, { ...scope, externalId });
    return [];
  }
  if (await isIdentified(tx, { workspaceId, agentId })) return [];
  if (scope.mirrors) {
    // They may have been somebody here before: they stay, and answer nothing until they say so.
    await applyUpdate(tx, { workspaceId, agentId }, { availability: 'offline', externalLoad: 0 });
  } else if (row.answersHere) return [];
  const held = await conversationsHeldBy(tx, { workspaceId, agentId });
  if (!scope.mirrors) await setAgentAside(tx, { workspaceId, agentId });
  return held.map((conversationId) => ({ conversationId, agentId }));
}
