import { expect, test } from 'vitest';
import { parseAllowedNetworks } from './allowed-networks.ts';
import { judgeAddress } from './judge-address.ts';

function judge(text: string, address: string): string | null {
  const parsed = parseAllowedNetworks(text);
  if (!parsed.ok) throw new Error(parsed.bad.join());
  return judgeAddress(address, parsed.networks);
}

test.each([
  ['10.0.0.0/8', '10.1.2.3', '10.1.2.3'],
  ['10.1.2.3', '10.1.2.3', '10.1.2.3'],
  [' 192.168.0.0/16 , 10.0.0.0/8,', '10.1.2.3', '10.1.2.3'],
  ['10.0.0.0/8', '::ffff:10.1.2.3', '10.1.2.3'],
  ['fd00::/8', 'FD00:0::1', 'fd00::1'],
  ['::1', '0:0:0:0:0:0:0:1', '::1'],
  ['64:ff9b::/96', '64:ff9b::a00:1', '64:ff9b::a00:1'],
])('%s permits %s, which is connected as %s', (text, address, canonical) => {
  expect(judge(text, address)).toBe(canonical);
});

test.each([
  ['', '10.1.2.3'],
  ['10.0.0.0/16', '10.1.2.3'],
  ['10.1.2.3', '10.1.2.4'],
  ['10.0.0.0/8', '64:ff9b::a01:203'],
  ['10.0.0.0/8', '2002:a01:203::1'],
  ['10.0.0.0/8', '::10.1.2.3'],
  ['0.0.0.0/0', '::1'],
  ['::/0', '127.0.0.1'],
  ['fe80::/10', 'fe80::1%eth0'],
  ['10.0.0.0/8', '::ffff:012.1.2.3'],
  ['10.0.0.0/8', '::ffff:0xa.1.2.3'],
  ['10.0.0.0/8', '012.1.2.3'],
])('%j does not permit %s', (text, address) => {
  expect(judge(text, address)).toBeNull();
});

test('every entry that cannot be read is named as it was written', () => {
  const bad = ['10.0.0.0/33', '10.1/8', '::/129', 'localhost', '10.0.0.0/', '10.0.0.0/8/8'];
  const more = ['10.0.0.0/-1', '012.0.0.0/8', 'fe80::1%eth0', '::ffff:10.0.0.0/104', '/8', '*'];
  const text = [...bad, ...more].join(', ');
  expect(parseAllowedNetworks(`10.0.0.0/8, ${text}`)).toEqual({
    ok: false,
    bad: [...bad, ...more],
  });
});

test('nothing written allows nothing', () => {
  expect(parseAllowedNetworks(' , ')).toEqual({ ok: true, networks: [] });
});
