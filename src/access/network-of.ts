// What clients are counted by: an IPv4 address, or the network that one IPv6 client has to itself.
import { readAddress } from '../addresses/read-address.ts';

const MOST_CHARACTERS = 64;
const HALF_OF_THE_GROUPS = 4;

/**
 * The first 64 bits of an IPv6 address: its owner has 2^64 of them. Text that is no address stays,
 * shortened.
 */
export function networkOf(text: string): string {
  const short = text.slice(0, MOST_CHARACTERS);
  const address = readAddress(short.replace(/%.*/, ''));
  if (address === null) return short;
  if ('octets' in address) return address.toString();
  const groups = address.parts.slice(0, HALF_OF_THE_GROUPS).map((group) => group.toString(16));
  return `${groups.join(':')}::/64`;
}

/** In its standard spelling. null: the text is no address. */
export function addressOf(text: string): string | null {
  return readAddress(text.slice(0, MOST_CHARACTERS).replace(/%.*/, ''))?.toString() ?? null;
}
