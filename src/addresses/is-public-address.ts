// Tells ordinary public addresses from everything that may lead into a private network.
import ipaddr from 'ipaddr.js';
import { readAddress } from './read-address.ts';

/** The only part of IPv6 that is given out for ordinary use: RFC 4291 §2.4, IANA's registry. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/** IPv4 behind a translator: RFC 6052 §2.1. IPv6-only hosts get such addresses from DNS64. */
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/** In ordinary address space, but Azure answers there to its own machines only. */
const AZURE_PLATFORM = '168.63.129.16';

/**
 * Denies by default: whatever is not an ordinary public unicast address is refused, and so is
 * every range of IANA's two special-purpose registries, whether globally reachable or not.
 * IPv4 inside IPv6 is judged by the IPv4 address where it is mapped (::ffff:0:0/96) or translated
 * (64:ff9b::/96), and refused in every other form: compatible, ::ffff:0:0:0/96, 64:ff9b:1::/48,
 * 6to4, Teredo, ISATAP.
 */
export function isPublicAddress(text: string): boolean {
  const address = readAddress(text);
  if (address === null) return false;
  if (address instanceof ipaddr.IPv4) return isPublicIpv4(address);
  if (address.match(NAT64)) return isPublicIpv4(readLastFourBytes(address));
  return address.match(GLOBAL_UNICAST) && address.range() === 'unicast' && !isIsatap(address);
}

function isPublicIpv4(address: ipaddr.IPv4): boolean {
  return address.range() === 'unicast' && address.toString() !== AZURE_PLATFORM;
}

function readLastFourBytes(address: ipaddr.IPv6): ipaddr.IPv4 {
  return new ipaddr.IPv4(address.toByteArray().slice(12));
}

/** RFC 5214 §6.1: under any prefix, the interface is 0000:5efe or 0200:5efe and an IPv4 address. */
function isIsatap({ parts }: ipaddr.IPv6): boolean {
  return parts[5] === 0x5efe && (parts[4] === 0 || parts[4] === 0x0200);
}
