// Makes and changes bots: agents that are programs, each with the webhook at which it hears of what it has.
import { checkUrl } from '../addresses/check-url.ts';
import { Refused } from '../errors.ts';
import { type AgentRow, getAgent } from '../store/agents.ts';
import { botEvents, findWebhookOf } from '../store/bots.ts';
import { createEndpoint, removeEndpoint, updateEndpoint } from './change-endpoint.ts';
import type { Desk } from './context.ts';
import { type AgentUpdate, createAgent, deleteAgent, updateAgent } from './update-agent.ts';

export interface Webhook {
  /** Absent: it stays as it is. */
  url?: string | undefined;
  /** Signs every request. Absent: it stays as it is. */
  secret?: string | undefined;
}

interface Key {
  workspaceId: string;
  agentId: string;
  actor: string;
}

/** What a program has none of. */
type Human = Pick<AgentUpdate, 'email' | 'role' | 'leaseSeconds'>;

/** More than a person can talk with; its own where it says so. */
const CAPACITY = 100;

/**
 * Online at once where it has a webhook. Refuses what createAgent and createEndpoint refuse, and `agent.is-bot` for what
 * only people have.
 */
export async function createBot(
  desk: Desk,
  workspaceId: string,
  bot: Omit<AgentUpdate, 'statusId' | 'statusReason'> & {
    name: string;
    actor: string;
    webhook?: Webhook | null | undefined;
  },
): Promise<AgentRow> {
  const { webhook = null, availability, capacity, actor, ...rest } = bot;
  refuseHuman(rest);
  if (webhook !== null) refuseUrl(desk, webhook);
  const made = await createAgent(desk, workspaceId, {
    ...{ ...rest, actor, kind: 'bot', capacity: capacity ?? CAPACITY },
    // Nobody gives it anything before it can hear of it.
    availability: webhook === null ? (availability ?? 'offline') : 'offline',
  });
  if (webhook === null) return made;
  const key = { workspaceId, agentId: made.agentId, actor };
  await putWebhook(desk, key, webhook);
  return updateAgent(desk, key, { availability: availability ?? 'online' });
}

/** Absent fields stay; `webhook` null: it has none any more. Refuses as updateAgent does, and `agent.is-bot`. */
export async function updateBot(
  desk: Desk,
  key: Key & { isOneself: boolean },
  { webhook, ...update }: AgentUpdate & { webhook?: Webhook | null | undefined },
): Promise<AgentRow> {
  refuseHuman(update);
  if (webhook === null) await removeWebhook(desk, key);
  else if (webhook !== undefined) await putWebhook(desk, key, webhook);
  if (Object.values(update).some((value) => value !== undefined)) {
    return updateAgent(desk, key, update);
  }
  const agent = await getAgent(desk.db, key);
  if (agent === null) throw new Refused('agent.not-found');
  return agent;
}

/** People get what it has first, with the note of a handover. */
export async function removeBot(desk: Desk, key: Key): Promise<void> {
  await removeWebhook(desk, key);
  // One without a webhook has not been switched off by that.
  await updateAgent(desk, key, { availability: 'offline' });
  await deleteAgent(desk, key);
}

async function putWebhook(desk: Desk, key: Key, { url, secret }: Webhook): Promise<void> {
  const { workspaceId, agentId, actor } = key;
  const endpointId = await findWebhookOf(desk.db, key);
  const fields = { secret, ...(url !== undefined && { url }) };
  if (endpointId === null) {
    const more = { events: botEvents, agentId, url: refuseUrl(desk, { url }) };
    await createEndpoint(desk, { workspaceId, actor }, { ...fields, ...more });
  } else
    await updateEndpoint(desk, { workspaceId, endpointId, actor }, { ...fields, enabled: true });
}

async function removeWebhook(desk: Desk, key: Key): Promise<void> {
  const { workspaceId, actor } = key;
  const endpointId = await findWebhookOf(desk.db, key);
  if (endpointId !== null) await removeEndpoint(desk, { workspaceId, endpointId, actor });
}

function refuseHuman({ email, role, leaseSeconds }: Human): void {
  if ((email ?? role ?? leaseSeconds) != null) throw new Refused('agent.is-bot');
}

/** Of a new one. Refuses `endpoint.url-refused`. */
function refuseUrl(desk: Desk, { url }: Pick<Webhook, 'url'>): string {
  if (url === undefined) {
    throw new Refused('endpoint.url-refused', 'The bot has no webhook yet: name its url.');
  }
  const check = checkUrl(url, { allowed: desk.allowedNetworks });
  if (!check.ok) throw new Refused('endpoint.url-refused', check.text);
  return check.url;
}
