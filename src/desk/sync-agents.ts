// Takes over what an outside system reports of its agents: who there is, who is available, who has how many.
import { v7 as uuid } from 'uuid';
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
import { bringAgentBack, findAgentByEmail, insertAgent, setAgentAside } from '../store/agents.ts';
import { conversationsHeldBy } from '../store/conversations.ts';
import { eachAlone } from '../store/each-alone.ts';
import { type RoutingTx, withRoutingLock } from '../store/tx.ts';
import type { Desk } from './context.ts';
import { judgeCount } from './judge-count.ts';
import { liftExclusions } from './lift-exclusions.ts';
import { requeueConversation } from './requeue-conversation.ts';
import { applyUpdate } from './update-agent.ts';

export interface ReportedAgent {
  externalId: string;
  name: string;
  email: string | null;
  isAvailable: boolean;
  /** How many customers the outside system thinks the agent has; null when it does not say. */
  customerCount: number | null;
  /** null: any channel, or not known. */
  channelIds: string[] | null;
}

/**
 * Page-numbered lists can shift while they are read, so one absence says nothing.
 */
const ABSENCES_BEFORE_SET_ASIDE = 2;

/**
 * Agents whom two reports in a row lack are set aside; what they held goes back to the queue. A report
 * that lacks everybody says nothing of those who are not named in `gone`.
 */
export async function syncAgents(
  desk: Desk,
  args: {
    workspaceId: string;
    channelId: string;
    agents: readonly ReportedAgent[];
    /** Of whom the outside system said, asked for each, that there is no such agent. */
    gone?: readonly string[];
  },
): Promise<void> {
  const { workspaceId, channelId, gone = [] } = args;
  const scope = { workspaceId, channelId };
  const { held, news } = await withRoutingLock(desk.db, workspaceId, async (tx) => {
    const rows = await listIdentities(tx, scope);
    const known = new Map(rows.map((row) => [row.externalId, row]));
    const found: News[] = [];
    for (const agent of args.agents) {
      const row = known.get(agent.externalId);
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
  desk.wake(workspaceId);
  desk.send(workspaceId);
  desk.changed(
    workspaceId,
    news.map(({ agentId: id }) => ({ kind: 'agent', id })),
  );
  const cameBack = news.flatMap((one) => (one.cameBack ? [one.agentId] : []));
  if (cameBack.length > 0) await liftExclusions(desk, { workspaceId, cameBack });
  // What fails is found by `requeueLeft`.
  await eachAlone(held, async ({ conversationId, agentId: onlyFrom }) => {
    const how = { reason: 'agent-removed', actor: 'remote', acting: null, onlyFrom };
    await requeueConversation(desk, { workspaceId, conversationId, ...how });
  });
}

/** Those listed last, in an outside system's own words for them. */
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
  /** What may have stood against them is over: they came online, or serve other channels. */
  cameBack: boolean;
}

interface Held {
  conversationId: string;
  agentId: string;
}

interface Scope {
  workspaceId: string;
  channelId: string;
}

/** The agent may be new, known by the address, or have been set aside under another id. */
async function adopt(
  tx: RoutingTx,
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
      answersHere: false,
    });
  }
  await applyUpdate(
    tx,
    { workspaceId, agentId },
    { availability, externalLoad: agent.customerCount ?? 0 },
  );
  const { externalId, channelIds: externalChannelIds } = agent;
  await putIdentity(tx, { ...scope, agentId, externalId, externalChannelIds });
  return { agentId, cameBack: true };
}

async function findHolder(
  tx: RoutingTx,
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

/** null: all is as before. */
async function refresh(
  tx: RoutingTx,
  scope: Scope,
  { agent, row }: { agent: ReportedAgent; row: IdentityRow },
): Promise<News | null> {
  if (row.isGone && !(await bringAgentBack(tx, { ...scope, agentId: row.agentId }))) {
    // Somebody else has their address now: then it is that one.
    await dropIdentity(tx, { ...scope, externalId: row.externalId });
    return adopt(tx, scope, { agent, rows: [] });
  }
  const availability = agent.isAvailable ? 'online' : 'offline';
  const { agentId, externalId } = row;
  const count = judgeCount(agent, row);
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
  const { channelIds: externalChannelIds } = agent;
  const isElsewhere = !sameSet(row.externalChannelIds, externalChannelIds);
  if (row.absences > 0 || row.isSetAside || isElsewhere) {
    await putIdentity(tx, { ...scope, agentId, externalId, externalChannelIds });
  }
  if (same && !isElsewhere && !row.isSetAside && !row.isGone) return null;
  const cameOnline = row.availability !== 'online' && agent.isAvailable;
  return { agentId, cameBack: cameOnline || isElsewhere };
}

function sameSet(a: readonly string[] | null, b: readonly string[] | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((id) => b.includes(id));
}

/** An agent who only exists there is set aside altogether. null: they may be listed again the next time. */
async function miss(tx: RoutingTx, scope: Scope, row: IdentityRow): Promise<Held[] | null> {
  const { workspaceId } = scope;
  const { agentId, externalId } = row;
  if (row.absences + 1 < ABSENCES_BEFORE_SET_ASIDE) {
    await noteAbsence(tx, { ...scope, externalId });
    return null;
  }
  await setIdentityAside(tx, { ...scope, externalId, agentId });
  const listed = (await listIdentities(tx, scope)).filter((other) => other.agentId === agentId);
  // Made again there under another id: the old one will not come back.
  if (listed.some(({ isSetAside }) => !isSetAside)) {
    await dropIdentity(tx, { ...scope, externalId });
    return [];
  }
  if (row.answersHere || (await isIdentified(tx, { workspaceId, agentId }))) return [];
  const held = await conversationsHeldBy(tx, { workspaceId, agentId });
  await setAgentAside(tx, { workspaceId, agentId });
  return held.map((conversationId) => ({ conversationId, agentId }));
}
