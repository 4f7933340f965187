// By what clients are counted: an IPv4 address, or the network that one IPv6 client has to itself.

/** Of an IPv6 address its first 64 bits: whoever has one has 2^64 of them. Anything else stays, cut short. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(':')) return address.slice(0, MOST_CHARACTERS);
  const [left = '', right] = address.toLowerCase().split('%', 1)[0]?.split('::') ?? [];
  const before = left === '' ? [] : left.split(':');
  const after = right === undefined || right === '' ? [] : right.split(':');
  const missing = right === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array.from({ length: missing }, () => '0'), ...after];
  const first = groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${first.join(':')}::/64`.slice(0, MOST_CHARACTERS);
}

const MOST_CHARACTERS = 64;
