// The address of a push service, as a browser names it: a stranger’s, so https alone.
import type { AllowedNetworks } from './allowed-networks.ts';
import { checkUrl, type UrlRefusal } from './check-url.ts';

const notHttps: UrlRefusal = {
  ok: false,
  reason: 'scheme',
  text: 'The address of a push service must start with https://.',
};

/** http is for the private networks that the operator allows, where stand-ins of push services are. */
export function judgePushUrl(
  typed: string,
  { allowed }: { allowed: AllowedNetworks },
): { ok: true; url: string } | UrlRefusal {
  const checked = checkUrl(typed, { allowed });
  if (!checked.ok || checked.warnings.length === 0) return checked;
  // What is refused without them is there only by them.
  const isPrivate = !checkUrl(typed, { allowed: [] }).ok;
  return isPrivate ? checked : notHttps;
}
