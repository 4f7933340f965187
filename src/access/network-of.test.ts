import { expect, test } from 'vitest';
import { networkOf } from './network-of.ts';

test('an IPv4 address is counted by itself, also mapped into IPv6', () => {
  expect(networkOf('192.0.2.7')).toBe('192.0.2.7');
  expect(networkOf('::ffff:192.168.100.77')).toBe('192.168.100.77');
  for (const other of ['x::ffff:192.0.2.7', '::ffff:192.0.2.7x']) {
    expect(networkOf(other), other).not.toBe('192.0.2.7');
  }
});

test('all addresses of one IPv6 network count together, however they are written', () => {
  const network = '2001:db8:0:7::/64';
  expect(networkOf('2001:db8:0:7::1')).toBe(network);
  for (const same of [
    '2001:db8:0:7:1:2:3:4',
    '2001:db8::7:0:0:0:2',
    '2001:0DB8:0000:0007:ffff:0:0:1',
    '2001:db8:0:7::',
    '2001:db8:0:7::1%eth0',
  ]) {
    expect(networkOf(same), same).toBe(network);
  }
  expect(networkOf('2001:db8:0:8::1')).not.toBe(network);
  expect(networkOf('::1')).toBe('0:0:0:0::/64');
});

test('what is no address is cut short', () => {
  expect(networkOf('x'.repeat(9999))).toHaveLength(64);
  expect(networkOf(`${'a'.repeat(9999)}:1`)).toHaveLength(64);
  expect(networkOf('fe80:1')).toBe('fe80:1');
  expect(networkOf(':'.repeat(9999)).length).toBeLessThanOrEqual(64);
});
