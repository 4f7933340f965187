// Makes, changes and removes the addresses that events are sent to.
import { v7 as uuid } from 'uuid';
import { checkUrl } from '../addresses/check-url.ts';
import { type BindableType, bindableTypes, eventOf } from '../contract/event-types.ts';
import { Refused } from '../errors.ts';
import { addAuditEntry } from '../store/audit.ts';
import type { Promised } from '../store/effects.ts';
import {
  bindEndpoint,
  deleteEndpointRow,
  ENDPOINT_FRESH_MS,
  type EndpointKey,
  type EndpointSecret,
  type EndpointWithSecrets,
  holdDeliveries,
  lockEndpoint,
  putEndpoint,
  releaseHeld,
} from '../store/endpoints.ts';
import { pullForward } from '../store/pull-forward.ts';
import { sealEndpointSecrets, unsealEndpoint } from '../store/sealed-rows.ts';
import type { Tx } from '../store/tx.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';
import { reviveBot, switchBotOff } from './fail-bot.ts';

export interface EndpointFields {
  url?: string | undefined;
  verifyTls?: boolean | undefined;
  events?: readonly string[] | undefined;
  signatureEncoding?: 'hex' | 'base64' | undefined;
  absentTimes?: 'omit' | 'null' | undefined;
  enabled?: boolean | undefined;
  secret?: string | undefined;
  /** With a new secret: how long the old one signs too. */
  keepOldSecretSeconds?: number | undefined;
  /** When it is switched on: whether held events are sent. */
  held?: 'send' | 'drop' | undefined;
}

type By = { workspaceId: string; actor: string };

const DAY_SECONDS = 86_400;

/** Answers its id. `agentId`: the bot that listens there. Refuses `endpoint.url-refused` and `endpoint.event-unknown`. */
export async function createEndpoint(
  desk: Desk,
  { workspaceId, actor }: By,
  fields: EndpointFields & { url: string; events: readonly string[]; agentId?: string },
): Promise<string> {
  const endpointId = uuid();
  const blank: EndpointWithSecrets = {
    workspaceId,
    endpointId,
    agentId: fields.agentId ?? null,
    url: '',
    verifyTls: true,
    enabled: true,
    disabledReason: null,
    signatureEncoding: 'hex',
    absentTimes: 'omit',
    secrets: [],
    events: [],
    hasSecret: false,
    oldSecretUntil: null,
    failures: 0,
    failingSince: null,
    lastSuccessAt: null,
    lastFailureAt: null,
    createdAt: new Date(desk.clock.now()),
  };
  await commit(desk, workspaceId, (_, after) =>
    write(desk, after(endpointChanged(endpointId)), {
      before: blank,
      fields,
      actor,
      action: 'created',
    }),
  );
  return endpointId;
}

/** Absent fields stay. Refuses `endpoint.not-found` and `endpoint.of-bot` as well. */
export async function updateEndpoint(
  desk: Desk,
  { workspaceId, endpointId, actor }: By & EndpointKey,
  fields: EndpointFields,
): Promise<void> {
  const botId = await commit(desk, workspaceId, async (tx, after) => {
    const sealed = await lockEndpoint(tx, { workspaceId, endpointId });
    if (sealed === null) throw new Refused('endpoint.not-found');
    if (sealed.agentId !== null && fields.events !== undefined) {
      throw new Refused('endpoint.of-bot');
    }
    const before = unsealEndpoint(desk.secrets, sealed);
    const writing = after(endpointChanged(endpointId));
    await write(desk, writing, { before, fields, actor, action: 'updated' });
    return sealed.agentId;
  });
  if (botId !== null) await followSwitch(desk, { workspaceId, agentId: botId }, fields.enabled);
  if (fields.enabled === false || fields.events !== undefined) await untilAllKnow(desk);
}

/** A bot is there while its webhook is. */
async function followSwitch(
  desk: Desk,
  bot: { workspaceId: string; agentId: string },
  enabled: boolean | undefined,
): Promise<void> {
  if (enabled === false) await switchBotOff(desk, bot);
  if (enabled === true) await reviveBot(desk, bot);
}

/** After this no node begins a request with the endpoint's earlier settings. */
function untilAllKnow({ clock }: Desk): Promise<void> {
  return new Promise((done) => clock.after(ENDPOINT_FRESH_MS + 1, done));
}

/** Gives up its unsent deliveries; people get what its bot has. Refuses `endpoint.not-found`. */
export async function removeEndpoint(
  desk: Desk,
  { workspaceId, endpointId, actor }: By & EndpointKey,
): Promise<void> {
  const botId = await commit(desk, workspaceId, async (tx, after) => {
    const endpoint = await lockEndpoint(tx, { workspaceId, endpointId });
    if (!(await deleteEndpointRow(after({ endpoint: endpointId }), { workspaceId, endpointId }))) {
      throw new Refused('endpoint.not-found');
    }
    const entry = { workspaceId, actor, action: 'endpoint.removed', objectId: endpointId };
    await addAuditEntry(tx, { ...entry, change: {} });
    return endpoint?.agentId ?? null;
  });
  if (botId !== null) await switchBotOff(desk, { workspaceId, agentId: botId });
  await untilAllKnow(desk);
}

function endpointChanged(endpointId: string) {
  return { send: true, endpoint: endpointId };
}

async function write(
  desk: Desk,
  tx: Tx & Promised<'send' | 'endpoint'>,
  args: {
    before: EndpointWithSecrets;
    fields: EndpointFields;
    actor: string;
    action: 'created' | 'updated';
  },
): Promise<void> {
  const { before, fields, actor, action } = args;
  const { workspaceId, endpointId } = before;
  const enabled = fields.enabled ?? before.enabled;
  const next = {
    workspaceId,
    endpointId,
    agentId: before.agentId,
    url: fields.url === undefined ? before.url : acceptUrl(desk, fields.url),
    verifyTls: fields.verifyTls ?? before.verifyTls,
    enabled,
    disabledReason: enabled ? null : before.enabled ? ('paused' as const) : before.disabledReason,
    signatureEncoding: fields.signatureEncoding ?? before.signatureEncoding,
    absentTimes: fields.absentTimes ?? before.absentTimes,
    secrets: sealEndpointSecrets(
      desk.secrets,
      before,
      rotate(before.secrets, fields, desk.clock.now()),
    ),
  };
  await putEndpoint(tx, next);
  if (fields.events !== undefined) {
    const bindings = fields.events.map(toBinding);
    const streamIds = await bindEndpoint(tx, { workspaceId, endpointId, bindings });
    await pullForward(tx, { workspaceId, endpointId, streamIds });
  }
  if (before.enabled && !enabled) await holdDeliveries(tx, before);
  if (!before.enabled && enabled) {
    await releaseHeld(tx, { workspaceId, endpointId, send: fields.held !== 'drop' });
    await pullForward(tx, { workspaceId, endpointId, streamIds: null });
  }
  const { secret, ...shown } = fields;
  const change = { ...shown, ...(secret === undefined ? {} : { secret: 'changed' }) };
  const entry = { workspaceId, actor, action: `endpoint.${action}`, objectId: endpointId };
  await addAuditEntry(tx, { ...entry, change });
  const told = { workspaceId, endpointId, url: next.url };
  if (!next.verifyTls) desk.log.warn(told, 'an endpoint’s certificate is not checked');
}

function acceptUrl(desk: Desk, typed: string): string {
  const check = checkUrl(typed, { allowed: desk.allowedNetworks });
  if (!check.ok) throw new Refused('endpoint.url-refused', check.text);
  return check.url;
}

function toBinding(type: string): { type: string; eventType: string } {
  if (!(bindableTypes as string[]).includes(type)) {
    const known = bindableTypes.join(', ');
    throw new Refused('endpoint.event-unknown', `There is no event ${type}. There are: ${known}.`);
  }
  return { type, eventType: eventOf(type as BindableType) };
}

/**
 * Newest first. An empty secret ends all signing at once; the same secret again ends an overlap
 * when nothing is to be kept.
 */
function rotate(
  before: readonly EndpointSecret[],
  fields: EndpointFields,
  now: number,
): EndpointSecret[] {
  const { secret, keepOldSecretSeconds = DAY_SECONDS } = fields;
  const [current, ...older] = before;
  if (secret === undefined) return [...before];
  if (secret === current?.secret)
    return fields.keepOldSecretSeconds === 0 ? [current] : [...before];
  if (secret === '') return [];
  const fresh: EndpointSecret = { secret, until: null };
  if (current === undefined || keepOldSecretSeconds === 0) return [fresh];
  const until = new Date(now + keepOldSecretSeconds * 1000).toISOString();
  const valid = older.filter((one) => one.secret !== secret && Date.parse(one.until ?? '') > now);
  return [fresh, { secret: current.secret, until }, ...valid];
}
