// The key by which push services know this installation: made once, shared by its nodes.
import type { Config } from '../config.ts';
import type { Desk } from '../desk/context.ts';
import { DEFAULT_WORKSPACE } from '../desk/prepare-workspace.ts';
import { makeVapid, makeVapidKey, type Vapid } from '../push/make-vapid.ts';
import { keepSigningKey } from '../store/signing-key.ts';

/** Reserved for examples (RFC 2606): whoever has set nothing can be reached nowhere. */
const NOBODY = 'mailto:nobody@example.com';

export async function keepVapid(
  config: Pick<Config, 'USHER_PUSH_CONTACT'>,
  { desk, publicUrl }: { desk: Pick<Desk, 'db' | 'secrets' | 'clock'>; publicUrl: () => string },
): Promise<Vapid> {
  const { db, secrets, clock } = desk;
  const workspaceId = DEFAULT_WORKSPACE;
  const made = makeVapidKey();
  const kept = await keepSigningKey(db, secrets, { workspaceId, name: 'push-key', made });
  const subject = () => config.USHER_PUSH_CONTACT ?? ownAddress(publicUrl());
  return makeVapid(kept, { subject, clock });
}

function ownAddress(url: string): string {
  return url.startsWith('https://') ? url : NOBODY;
}
