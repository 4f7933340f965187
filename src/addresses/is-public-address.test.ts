import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { expect, test } from 'vitest';
import { isPublicAddress } from './is-public-address.ts';

/** https://www.iana.org/assignments/iana-ipv4-special-registry, and multicast (RFC 5771). */
const specialIpv4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** https://www.iana.org/assignments/iana-ipv6-special-registry, and what is not global unicast. */
const specialIpv6 = [
  '::/96',
  '::ffff:0:0:0/96',
  '64:ff9b:1::/48',
  '100::/64',
  '100:0:0:1::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '2620:4f:8000::/48',
  '3fff::/20',
  '4000::/2',
  '5f00::/16',
  '8000::/1',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
];

/** Any address of the network: its prefix, then random bits. */
function addressOf(cidr: string): fc.Arbitrary<string> {
  const [network, length] = ipaddr.parseCIDR(cidr);
  const prefix = network.toByteArray();
  return fc
    .uint8Array({ minLength: prefix.length, maxLength: prefix.length })
    .map((random) => ipaddr.fromByteArray(prefix.map((byte, at) => mix(byte, random[at], at))))
    .map((address) => address.toString());

  function mix(byte: number, random = 0, at: number): number {
    const fixed = Math.min(8, Math.max(0, length - at * 8));
    const mask = 0xff >> fixed;
    return (byte & ~mask) | (random & mask);
  }
}

const special4 = fc.oneof(...specialIpv4.map(addressOf));

function everyOneIs(isPublic: boolean, addresses: fc.Arbitrary<string>): void {
  fc.assert(
    fc.property(addresses, (address) => isPublicAddress(address) === isPublic),
    { numRuns: 2000 },
  );
}

test.each([...specialIpv4, ...specialIpv6])('nothing of %s is public', (cidr) => {
  fc.assert(
    fc.property(addressOf(cidr), (address) => !isPublicAddress(address)),
    { numRuns: 200 },
  );
});

/** Hexadecimal groups, so that no reader is helped by the dots. */
function embed(address: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = ipaddr.parse(address).toByteArray();
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

const public4 = fc
  .tuple(fc.constantFrom(1, 8, 9, 34, 52, 93, 142, 185, 193, 212, 223), fc.nat(255), fc.nat(255))
  .map(([a, b, c]) => `${a}.${b}.${c}.7`);

test('ordinary public IPv4 addresses pass, alone, mapped and behind NAT64', () => {
  everyOneIs(true, public4);
  everyOneIs(
    true,
    public4.map((address) => `::ffff:${address}`),
  );
  everyOneIs(
    true,
    public4.map((address) => `::ffff:${embed(address)}`),
  );
  everyOneIs(
    true,
    public4.map((address) => `64:ff9b::${embed(address)}`),
  );
});

test('ordinary public IPv6 addresses pass', () => {
  for (const cidr of ['2400::/12', '2600::/13', '2606:4700::/32', '2800::/12', '2a00::/12']) {
    fc.assert(fc.property(addressOf(cidr), isPublicAddress), { numRuns: 300 });
  }
});

test.each([
  ['mapped', (address: string) => `::ffff:${embed(address)}`],
  ['mapped with dots', (address: string) => `::ffff:${address}`],
  ['behind NAT64', (address: string) => `64:ff9b::${embed(address)}`],
])('a special IPv4 address %s is not public', (_how, spell) => {
  everyOneIs(false, special4.map(spell));
});

test.each([
  ['compatible', (address: string) => `::${embed(address)}`],
  ['translated', (address: string) => `::ffff:0:${embed(address)}`],
  ['behind a local NAT64', (address: string) => `64:ff9b:1::${embed(address)}`],
  ['in 6to4', (address: string) => `2002:${embed(address)}::1`],
  ['in Teredo', (address: string) => `2001:0:${embed(address)}::1`],
  ['in ISATAP', (address: string) => `2a00:1450:1:2:0:5efe:${embed(address)}`],
  ['in a universal ISATAP', (address: string) => `2a00:1450:1:2:200:5efe:${embed(address)}`],
])('no IPv4 address %s is public, not even a public one', (_how, spell) => {
  everyOneIs(false, fc.oneof(special4, public4).map(spell));
});

test('what is not one plain address is not public', () => {
  const texts = ['', '8', '8.8', '010.8.8.8', '0x8.8.8.8', '8.8.8.8 ', '8.8.8.8.', 'example.com'];
  const more = [
    '2606:4700::1111%eth0',
    '[2606:4700::1111]',
    '2606:4700',
    '256.1.1.1',
    '::ffff:08.8.8.8%1',
  ];
  expect([...texts, ...more].filter(isPublicAddress)).toEqual([]);
  expect(isPublicAddress('168.63.129.16')).toBe(false);
  fc.assert(
    fc.property(fc.string(), (text) => !isPublicAddress(text) || ipaddr.isValid(text)),
    { numRuns: 1000 },
  );
});
