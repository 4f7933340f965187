// What the first start makes: the default workspace, its policy, an admin's token, the Qiscus channel of the environment.
import { v5 as uuidFrom } from 'uuid';
import { defaultPolicy } from '../contract/policy.ts';
import { addChannel, putChannel } from '../store/channels.ts';
import { sealChannelSecrets } from '../store/sealed-rows.ts';
import type { SecretBox } from '../store/secret-box.ts';
import { listTokens } from '../store/tokens.ts';
import { lockInstallation, type RoutingTx, withRoutingLock } from '../store/tx.ts';
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
  { db, secrets }: Pick<Desk, 'db' | 'secrets'>,
  wanted: Preparation,
): Promise<string | null> {
  return withRoutingLock(db, DEFAULT_WORKSPACE, (tx) => prepare(tx, secrets, wanted));
}

async function prepare(tx: RoutingTx, box: SecretBox, wanted: Preparation): Promise<string | null> {
  const workspaceId = DEFAULT_WORKSPACE;
  const { defaultCapacity } = wanted;
  await furnishWorkspace(tx, { workspaceId, name: 'Default', slug: 'default', defaultCapacity });
  if (wanted.qiscus !== undefined) await putQiscusChannel(tx, box, workspaceId, wanted.qiscus);
  // The operator's own: it goes when they revoke it, or take it out of the environment.
  const admin = { workspaceId, name: 'first start', role: 'admin', expiresInDays: null } as const;
  if (wanted.adminToken !== undefined) {
    await makeToken({ db: tx }, { ...admin, name: 'environment', token: wanted.adminToken });
    return null;
  }
  const known = await listTokens(tx, workspaceId);
  return known.length > 0 ? null : (await makeToken({ db: tx }, admin)).token;
}

/** Itself, its first policy and a web chat, unless they are there. */
export async function furnishWorkspace(
  tx: RoutingTx,
  workspace: { workspaceId: string; name: string; slug: string; defaultCapacity: number },
): Promise<void> {
  const { workspaceId } = workspace;
  await insertWorkspace(tx, workspace);
  if ((await listPolicies(tx, workspaceId, 1)).length === 0) {
    await insertPolicy(tx, { workspaceId, policy: defaultPolicy, createdBy: 'system' });
  }
  await putFirstWebChat(tx, workspaceId);
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
  box: SecretBox,
  workspaceId: string,
  { baseUrl, appId, email, ...secrets }: NonNullable<Preparation['qiscus']>,
): Promise<void> {
  const given = Object.entries(secrets).filter(([, value]) => value !== undefined);
  const channelId = uuidFrom(`qiscus ${appId}`, workspaceId);
  const key = { workspaceId, channelId };
  // Whoever makes a channel meanwhile sees this one. The operator's is never refused.
  await lockInstallation(tx);
  await putChannel(tx, {
    ...key,
    kind: 'qiscus',
    name: 'Qiscus',
    config: { baseUrl, appId, ...(email === undefined ? {} : { email }) },
    secrets: sealChannelSecrets(box, key, Object.fromEntries(given) as Record<string, string>),
    teamId: null,
    weight: 1,
  });
}
