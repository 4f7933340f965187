// Reads an address in its standard spelling, so that everything here judges one canonical form.
import ipaddr from 'ipaddr.js';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/**
 * Null for anything but a plain IPv4 or IPv6 address: no octal, hex or short forms, no zone.
 * IPv4 mapped into IPv6 (::ffff:0:0/96) becomes IPv4, as the operating system connects it.
 */
export function readAddress(text: string): Address | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  if (text.includes('%') || !ipaddr.IPv6.isValid(text)) return null;
  const dotted = /[^:]*\.[^:]*$/.exec(text)?.[0];
  // ipaddr.js reads octal there, and takes the compatible form for the mapped one.
  if (dotted !== undefined && !ipaddr.IPv4.isValidFourPartDecimal(dotted)) return null;
  if (text === `::${dotted}`) return null;
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}
