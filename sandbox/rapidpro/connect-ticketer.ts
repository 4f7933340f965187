// What RapidPro's connect page does: checks the address, sends PUT /settings, and keeps the ticketer.
import { randomUUID } from 'node:crypto';
import { CALLBACK_PATH } from './answer-callback.ts';
import { type CallResult, call } from './call.ts';
import { isPublicHost, readBaseUrl } from './read-base-url.ts';
import { NO_RETRIES } from './retry-rule.ts';
import type { OrganisationState } from './state.ts';
import type { World } from './world.ts';

export interface ConnectArgs {
  /** As the admin types it. */
  baseUrl: string;
  adminUserId: string;
  adminAuthToken: string;
}

export interface ConnectOutcome {
  connected: boolean;
  /** null if connected. `put-failed`: anything but 204. */
  because: null | 'no-uuid' | 'private-host' | 'address-in-use' | 'put-failed';
  /** null: no call was made. */
  call: CallResult | null;
  /** Told in the call; the ticketer's path exists only if connected. */
  webhookUrl: string | null;
}

export async function connectTicketer(
  world: World,
  organisation: OrganisationState,
  args: ConnectArgs,
): Promise<ConnectOutcome> {
  const refuse = (because: ConnectOutcome['because']): ConnectOutcome => ({
    ...{ connected: false, because, call: null, webhookUrl: null },
  });
  const baseUrl = readBaseUrl(args.baseUrl);
  if (baseUrl === null) return refuse('no-uuid');
  if (!world.allowPrivateHosts && !(await isPublicHost(baseUrl))) return refuse('private-host');
  if (organisation.ticketer?.baseUrl === baseUrl) return refuse('address-in-use');
  const uuid = randomUUID();
  const secret = organisation.pageSecret;
  const webhookUrl = `${world.origin.publicUrl}${CALLBACK_PATH}${uuid}`;
  const result = await put(world, { baseUrl, secret, webhookUrl });
  if (result.status !== 204 || result.error !== null) {
    return { connected: false, because: 'put-failed', call: result, webhookUrl };
  }
  const { adminUserId, adminAuthToken } = args;
  organisation.ticketer = { uuid, baseUrl, secret, adminUserId, adminAuthToken };
  return { connected: true, because: null, call: result, webhookUrl };
}

/** By Python's `requests`, unlike all else. */
function put(
  { rules, connectTimeoutMs }: World,
  { baseUrl, secret, webhookUrl }: { baseUrl: string; secret: string; webhookUrl: string },
): Promise<CallResult> {
  const body = Buffer.from(`{"webhook": {"url": ${JSON.stringify(webhookUrl)}}}`);
  return call({
    ...rules,
    method: 'PUT',
    url: new URL(`${baseUrl}/settings`),
    headers: {
      'User-Agent': 'python-requests/2.28.2',
      'Accept-Encoding': 'gzip, deflate',
      Accept: '*/*',
      Connection: 'keep-alive',
      Authorization: `Token ${secret}`,
      'Content-Type': 'application/json',
      'Content-Length': String(body.length),
    },
    body,
    timeoutMs: connectTimeoutMs,
    retries: NO_RETRIES,
  });
}
