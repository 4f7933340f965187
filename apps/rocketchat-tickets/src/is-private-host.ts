// Whether a host is written as one of the server's own network. The engine has no look-up of names,
// so a name that leads there is the server's own guard to refuse (`ssrfValidation`).

/** As it stands in an address: a name, an IPv4, or an IPv6 in brackets. */
export function isPrivateHost(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (name === 'localhost' || name.endsWith('.localhost') || name.endsWith('.local')) return true;
  if (name.startsWith('[')) return isPrivateV6(name.slice(1, -1));
  // 127.1, 0x7f000001 and 2130706433 are addresses as well, and nobody is called so.
  if (/^(0x[0-9a-f]+|\d+)(\.(0x[0-9a-f]+|\d+))*$/.test(name)) return isPrivateV4(name);
  return !name.includes('.');
}

function isPrivateV4(address: string): boolean {
  const parts = address.split('.');
  if (parts.length !== 4 || parts.some((part) => !/^(0|[1-9]\d{0,2})$/.test(part))) return true;
  const [a = 0, b = 0] = parts.map(Number);
  if (a === 0 || a === 10 || a === 127 || a >= 224) return true;
  if (a === 100) return b >= 64 && b <= 127;
  if (a === 169) return b === 254;
  if (a === 172) return b >= 16 && b <= 31;
  if (a === 192) return b === 168 || b === 0;
  return a === 198 && (b === 18 || b === 19);
}

/** Only global unicast is outside (2000::/3), without the forms that carry an IPv4. */
function isPrivateV6(address: string): boolean {
  return !/^[23][0-9a-f]{3}:/.test(address) || /^(2002|2001:0?:|2001:0000:)/.test(address);
}
