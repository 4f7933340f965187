// Prepares the first start: the default workspace, its policy, an admin's token, the channels of the environment.
import { v5 as uuidFrom } from 'uuid';
import { type ChannelKind, channelKinds, kindNames } from '../contract/channel-kinds.ts';
import { defaultPolicy } from '../contract/policy/policy.ts';
import { addChannel, putChannel } from '../store/channels.ts';
import type { Promised } from '../store/effects.ts';
import { sealChannelSecrets } from '../store/sealed-rows.ts';
import type { SecretBox } from '../store/secret-box.ts';
import { listTokens } from '../store/tokens.ts';
import { lockInstallation, type RoutingTx } from '../store/tx.ts';
import { insertPolicy, insertWorkspace, listPolicies } from '../store/workspaces.ts';
import { commitLocked, type Telling } from './commit.ts';
import type { Desk } from './context.ts';
import { makeToken } from './make-token.ts';

export const DEFAULT_WORKSPACE = '01900000-0000-7000-8000-000000000001';

export interface Preparation {
  adminToken: string | undefined;
  defaultCapacity: number;
  /** The environment's own value, which replaces the stored one. */
  channels: readonly EnvironmentChannel[];
}

export interface EnvironmentChannel {
  kind: ChannelKind;
  /** The id is derived from this. */
  idFrom: string;
  name: string;
  config: Record<string, unknown>;
  secrets: Record<string, string>;
}

/**
 * Answers the token that was made because none existed, to be shown once; else null. Nodes that
 * start together take turns, so there is one first policy and one first token.
 */
export function prepareWorkspace(
  desk: Pick<Desk, 'db' | 'secrets'> & Telling,
  wanted: Preparation,
): Promise<string | null> {
  return commitLocked(desk, DEFAULT_WORKSPACE, (_, after) =>
    prepare(after({ channels: true, settings: null, wake: true }), desk.secrets, wanted),
  );
}

type FurnishingTx = RoutingTx & Promised<'channels' | 'settings' | 'wake'>;

async function prepare(
  tx: FurnishingTx,
  box: SecretBox,
  wanted: Preparation,
): Promise<string | null> {
  const workspaceId = DEFAULT_WORKSPACE;
  const { defaultCapacity } = wanted;
  await furnishWorkspace(tx, { workspaceId, name: 'Default', slug: 'default', defaultCapacity });
  for (const channel of wanted.channels) await putChannelOf(tx, box, workspaceId, channel);
  // The operator's own token: it ends when they revoke it, or remove it from the environment.
  const admin = { workspaceId, name: 'first start', role: 'admin', expiresInDays: null } as const;
  if (wanted.adminToken !== undefined) {
    await makeToken({ db: tx }, { ...admin, name: 'environment', token: wanted.adminToken });
    return null;
  }
  const known = await listTokens(tx, workspaceId);
  return known.length > 0 ? null : (await makeToken({ db: tx }, admin)).token;
}

/** The workspace, its first policy and its first channels, unless they exist. */
export async function furnishWorkspace(
  tx: FurnishingTx,
  workspace: { workspaceId: string; name: string; slug: string; defaultCapacity: number },
): Promise<void> {
  const { workspaceId } = workspace;
  await insertWorkspace(tx, workspace);
  if ((await listPolicies(tx, workspaceId, 1)).length === 0) {
    await insertPolicy(tx, { workspaceId, policy: defaultPolicy, createdBy: 'system' });
  }
  for (const kind of kindNames) {
    const name = channelKinds[kind].firstName;
    if (name !== null) await addFirst(tx, { workspaceId, kind, name });
  }
}

/** So that the widget works at once. A removed channel stays removed: its row is still there. */
async function addFirst(
  tx: FurnishingTx,
  { workspaceId, kind, name }: { workspaceId: string; kind: ChannelKind; name: string },
): Promise<void> {
  const channelId = uuidFrom(kind, workspaceId);
  await addChannel(tx, { ...{ workspaceId, channelId, kind, name }, ...blank });
}

const blank = { config: {}, secrets: {}, teamId: null, weight: 1 };

async function putChannelOf(
  tx: FurnishingTx,
  box: SecretBox,
  workspaceId: string,
  { kind, idFrom, name, config, secrets }: EnvironmentChannel,
): Promise<void> {
  const key = { workspaceId, channelId: uuidFrom(idFrom, workspaceId) };
  // Another transaction that makes a channel sees this one. The operator's channel is never
  // refused.
  await lockInstallation(tx);
  const sealed = sealChannelSecrets(box, key, secrets);
  await putChannel(tx, { ...blank, ...key, kind, name, config, secrets: sealed });
}
