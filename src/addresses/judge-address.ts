// Decides whether one address may be connected to.
import { type AllowedNetworks, isAllowed } from './allowed-networks.ts';
import { isPublicAddress } from './is-public-address.ts';
import { readAddress } from './read-address.ts';

/** The canonical spelling of the address, the only one to connect to; null if it may not be. */
export function judgeAddress(text: string, allowed: AllowedNetworks): string | null {
  const address = readAddress(text);
  if (address === null) return null;
  const canonical = address.toString();
  return isPublicAddress(canonical) || isAllowed(allowed, address) ? canonical : null;
}
