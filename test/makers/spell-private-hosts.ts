// Spellings of hosts that are not public: every way known to slip one past a filter.

/** Loopback, the private ranges, cloud metadata, carrier NAT, and "this network". */
const addresses: readonly (readonly [number, number, number, number])[] = [
  [127, 0, 0, 1],
  [127, 127, 127, 127],
  [10, 0, 0, 5],
  [172, 16, 0, 1],
  [192, 168, 1, 1],
  [169, 254, 169, 254],
  [100, 64, 0, 1],
  [0, 0, 0, 0],
];

/** All hosts, as they would stand in a URL. */
export function spellPrivateHosts(): string[] {
  const rules = addresses.flatMap((bytes) => [...spellAsIpv4(bytes), ...spellAsIpv6(bytes)]);
  return [...new Set([...rules, ...byHand])];
}

function spellAsIpv4(bytes: readonly [number, number, number, number]): string[] {
  const [a, b, c, d] = bytes;
  const whole = ((a * 256 + b) * 256 + c) * 256 + d;
  const dotted = bytes.join('.');
  const hex = (value: number) => `0x${value.toString(16)}`;
  const octal = (value: number) => `0${value.toString(8)}`;
  return [
    dotted,
    `${dotted}.`,
    `${whole}`,
    `${whole}.`,
    hex(whole),
    hex(whole).toUpperCase(),
    `0x0000${whole.toString(16).padStart(8, '0')}`,
    octal(whole),
    `0000${octal(whole)}`,
    bytes.map(hex).join('.'),
    bytes.map((byte) => `0X${byte.toString(16).toUpperCase()}`).join('.'),
    bytes.map((byte) => `0x00${byte.toString(16)}`).join('.'),
    bytes.map(octal).join('.'),
    bytes.map((byte) => `00000${octal(byte)}`).join('.'),
    `${hex(a)}.${octal(b)}.${c}.${d}`,
    `${octal(a)}.${b}.${hex(c)}.${octal(d)}`,
    `${a}.${(b * 256 + c) * 256 + d}`,
    `${a}.${b}.${c * 256 + d}`,
    `${hex(a)}.${hex((b * 256 + c) * 256 + d)}`,
    `${octal(a)}.${octal(b)}.${octal(c * 256 + d)}`,
    percentEncode(dotted),
    dotted.replaceAll('.', '%2e'),
    dotted.replaceAll('.', '%E3%80%82'),
    dotted.replaceAll('.', '。'),
    dotted.replaceAll('.', '．'),
    dotted.replaceAll('.', '｡'),
    widen(dotted),
    encircle(dotted),
    dotted.replace(/\d/g, '$&\u00ad'),
    dotted.replace(/\d/g, '$&\u200b'),
  ];
}

function spellAsIpv6(bytes: readonly [number, number, number, number]): string[] {
  const dotted = bytes.join('.');
  const [high, low] = [0, 2].map((at) =>
    (((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)).toString(16),
  );
  return [
    `[::ffff:${dotted}]`,
    `[::FFFF:${dotted}]`,
    `[::ffff:${high}:${low}]`,
    `[0:0:0:0:0:ffff:${high}:${low}]`,
    `[0000:0000:0000:0000:0000:ffff:${dotted}]`,
    `[::${dotted}]`,
    `[::${high}:${low}]`,
    `[::ffff:0:${dotted}]`,
    `[::ffff:0:${high}:${low}]`,
    `[64:ff9b::${dotted}]`,
    `[64:ff9b::${high}:${low}]`,
    `[64:ff9b:1::${dotted}]`,
    `[64:ff9b:1:fffe::${high}:${low}]`,
    `[2002:${high}:${low}::]`,
    `[2002:${high}:${low}::1]`,
    `[2001:0:${high}:${low}::1]`,
    `[2001:0:4136:e378:8000:63bf:${invert(high)}:${invert(low)}]`,
    `[2a00:1450:4001:82a:0:5efe:${dotted}]`,
    `[2a00:1450:4001:82a:200:5efe:${high}:${low}]`,
    `[fe80::5efe:${dotted}]`,
  ];
}

function percentEncode(text: string): string {
  return [...text].map((one) => `%${one.charCodeAt(0).toString(16)}`).join('');
}

function widen(text: string): string {
  return text.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
}

function encircle(text: string): string {
  return text.replace(/\d/g, (digit) => (digit === '0' ? '⓪' : '①②③④⑤⑥⑦⑧⑨'.charAt(+digit - 1)));
}

/** Teredo stores the client's address with every bit turned: RFC 4380 §4. */
function invert(group: string | undefined): string {
  return (0xffff ^ Number.parseInt(group ?? '0', 16)).toString(16);
}

const byHand: readonly string[] = [
  // Names that never leave the machine.
  'localhost',
  'LOCALHOST',
  'LocalHost.',
  'localhost.localdomain',
  'localhost4',
  'localhost6',
  'localhost6.localdomain6',
  'ip6-localhost',
  'ip6-loopback',
  'loopback',
  'app.localhost',
  'a.b.localhost.',
  '%6c%6f%63%61%6c%68%6f%73%74',
  'ｌｏｃａｌｈｏｓｔ',
  'ⓛⓞⓒⓐⓛⓗⓞⓢⓣ',
  'loc\u00adalhost',
  'ₗₒcalhₒₛₜ',
  // Short and odd forms of loopback and of "any address".
  '0',
  '0.',
  '00',
  '0x0',
  '0x',
  '0.0',
  '127.1',
  '127.0.1',
  '127.1.',
  '0177.1',
  '0x7f.1',
  '0x7f.0.0x1',
  '017700000001',
  '0x7f000001',
  '0x7F.0X0.0.0x1',
  '127.0.0.0x1',
  '127.000000000000000.1',
  '2130706433',
  '2130706434',
  // Numbers that overflow into private addresses where a parser lets them.
  '4294967296',
  '425.510.425.510',
  '383.256.256.257',
  '12345678901234567890',
  '0x100000000',
  '127.0.0.1.1',
  // IPv6 by itself.
  '[::]',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[0000:0000:0000:0000:0000:0000:0000:0001]',
  '[0000::1]',
  '[::0001]',
  '[::0.0.0.1]',
  '[::%31]',
  '[fe80::1]',
  '[fe80::1%25eth0]',
  '[fe80::1%eth0]',
  '[::1%25lo]',
  '[febf:ffff::1]',
  '[fec0::1]',
  '[fc00::1]',
  '[fd00:ec2::254]',
  '[fd12:3456:789a::1]',
  '[fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]',
  '[ff02::1]',
  '[ff0e::1]',
  '[100::1]',
  '[100:0:0:1::1]',
  '[2001:db8::1]',
  '[3fff::1]',
  '[3fff:fff::1]',
  '[5f00::1]',
  '[2001::1]',
  '[2001:2::1]',
  '[2001:10::1]',
  '[2001:20::1]',
  '[2001:1ff::1]',
  '[2620:4f:8000::1]',
  '[4000::1]',
  '[8000::1]',
  '[1::1]',
  '[v1.127.0.0.1]',
  '[127.0.0.1]',
  '[localhost]',
  '[]',
  // Other ranges of IANA's registry, and platforms that answer their own machines.
  '0.1.2.3',
  '100.100.100.200',
  '100.127.255.255',
  '168.63.129.16',
  '172.31.255.255',
  '192.0.0.1',
  '192.0.0.192',
  '192.0.2.1',
  '192.31.196.1',
  '192.52.193.1',
  '192.88.99.1',
  '192.175.48.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
  '0xA9FEA9FE',
  '2852039166',
  '0251.0376.0251.0376',
  '169.254.43518',
  // Two hosts in one, for readers who take the other.
  'example.com@127.0.0.1',
  '@127.0.0.1',
  'user:password@127.0.0.1',
  '127.0.0.1\\@example.com',
  'example.com\\@127.0.0.1',
  '127.0.0.1%00.example.com',
  '127.0.0.1%20.example.com',
  '127.0.0.1%09',
  '127.0.0.1%0d%0a',
  '127.0.0.1\t',
  '127.0.0.1\n.example.com',
  '127.0.0.1;example.com',
  '127.0.0.1,example.com',
  '127.0.0.1&example.com',
  '127.0.0.1*',
  '*',
  '127.0.0.1%23.example.com',
  '127.0.0.1%2f.example.com',
  '127.0.0.1%40example.com',
];
