// What the first start makes: the default workspace, its policy, an admin's token, the Qiscus channel of the environment.
import { v5 as uuidFrom } from 'uuid';
import { defaultPolicy } from '../contract/policy.ts';
import { addChannel, putChannel } from '../store/channels.ts';
import { listTokens } from '../store/tokens.ts';
import { type RoutingTx, withRoutingLock } from '../store/tx.ts';
import { insertPolicy, insertWorkspace, listPolicies } from '../store/workspaces.ts';
import type { Desk } from './context.ts';
import { makeToken } from './make-token.ts';

export const DEFAULT_WORKSPACE = '01900000-0000-7000-8000-000000000001';

export interface Preparation {
  adminToken: string | undefined;
  defaultCapacity: number;
  qiscus:
    | {
        baseUrl: string;
        appId: string;
        secretKey: string;
        email: string | undefined;
        password: string | undefined;
        webhookSecret: string | undefined;
      }
    | undefined;
}

/**
 * Answers the token that was made because none existed, to be shown once; else null. Nodes that start
 * together take turns: there is one first policy and one first token.
 */
export function prepareWorkspace(
  { db }: Pick<Desk, 'db'>,
  wanted: Preparation,
): Promise<string | null> {
  return withRoutingLock(db, DEFAULT_WORKSPACE, (tx) => prepare(tx, wanted));
}

async function prepare(tx: RoutingTx, wanted: Preparation): Promise<string | null> {
  const workspaceId = DEFAULT_WORKSPACE;
  const { defaultCapacity } = wanted;
  await insertWorkspace(tx, { workspaceId, name: 'Default', defaultCapacity });
  if ((await listPolicies(tx, workspaceId, 1)).length === 0) {
    await insertPolicy(tx, { workspaceId, policy: defaultPolicy, createdBy: 'system' });
  }
  if (wanted.qiscus !== undefined) await putQiscusChannel(tx, workspaceId, wanted.qiscus);
  await putFirstWebChat(tx, workspaceId);
  const admin = { workspaceId, name: 'first start', role: 'admin' } as const;
  if (wanted.adminToken !== undefined) {
    await makeToken({ db: tx }, { ...admin, name: 'environment', token: wanted.adminToken });
    return null;
  }
  const known = await listTokens(tx, workspaceId);
  return known.length > 0 ? null : (await makeToken({ db: tx }, admin)).token;
}

/** So that the widget works at once. One that was removed stays removed: its row is still there. */
async function putFirstWebChat(tx: RoutingTx, workspaceId: string): Promise<void> {
  await addChannel(tx, {
    workspaceId,
    channelId: uuidFrom('webchat', workspaceId),
    kind: 'webchat',
    name: 'Web chat',
    config: {},
    secrets: {},
    teamId: null,
    weight: 1,
  });
}

/** The environment rules over what was there before; its id follows from the app. */
async function putQiscusChannel(
  tx: RoutingTx,
  workspaceId: string,
  { baseUrl, appId, email, ...secrets }: NonNullable<Preparation['qiscus']>,
): Promise<void> {
  const given = Object.entries(secrets).filter(([, value]) => value !== undefined);
  await putChannel(tx, {
    workspaceId,
    channelId: uuidFrom(`qiscus ${appId}`, workspaceId),
    kind: 'qiscus',
    name: 'Qiscus',
    config: { baseUrl, appId, ...(email === undefined ? {} : { email }) },
    secrets: Object.fromEntries(given) as Record<string, string>,
    teamId: null,
    weight: 1,
  });
}
