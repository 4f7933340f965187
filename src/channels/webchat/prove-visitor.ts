// Decides who begins a web session, and whether the company proves it.

import type { SessionWish } from '../../desk/start-web-session.ts';
import { Refused } from '../../errors.ts';
import type { ChannelOf } from '../../store/channels.ts';
import { readCustomerId, type readSessionWish } from './read.ts';
import { matchesIdentityHash, readIdentityToken } from './verify.ts';

/** Refuses `identity.not-verified` when the given proof does not hold. */
export async function proveVisitor(
  { workspaceId, channelId, config, secrets }: ChannelOf<'webchat'>,
  wish: Extract<ReturnType<typeof readSessionWish>, { ok: true }>['value'],
  { publicUrl, now }: { publicUrl: string; now: number },
): Promise<SessionWish> {
  const { widgetSecret = '' } = secrets;
  const { identityHash, identityToken, provedOnly, visitorKey, profile } = wish;
  const base = {
    workspaceId,
    channelId,
    requireIdentity: [provedOnly, config.requireIdentity].includes(true),
    hasKey: widgetSecret !== '',
    visitorKey,
  };
  if (identityToken !== null && widgetSecret !== '') {
    const audiences = [channelId, publicUrl];
    const claims = await readIdentityToken(identityToken, { secret: widgetSecret, audiences, now });
    const fits = wish.customerId === null || wish.customerId === claims?.customerId;
    if (claims === null || !fits) throw new Refused('identity.not-verified');
    const { name, email } = claims;
    const customerId = readCustomerId(claims.customerId);
    if (customerId === null) {
      throw new Refused('request.invalid', 'sub must be an id as customer.id is.');
    }
    const said = { ...profile, ...(name && { name }), ...(email && { email }) };
    return { ...base, customerId, proved: true, profile: said };
  }
  if (identityHash !== null && widgetSecret !== '') {
    const { customerId } = wish;
    if (customerId === null || !matchesIdentityHash(identityHash, customerId, widgetSecret)) {
      throw new Refused('identity.not-verified');
    }
    return { ...base, customerId, proved: true, profile };
  }
  return { ...base, customerId: wish.customerId, proved: false, profile };
}
