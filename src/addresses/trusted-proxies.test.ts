import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { parseTrustedProxies } from './trusted-proxies.ts';

const clientOf = (setting: string, from: string, said?: string): string => {
  const parsed = parseTrustedProxies(setting);
  if (!parsed.ok) throw new Error(parsed.bad.join());
  const socket = { remoteAddress: from } as Socket;
  return parsed.proxies.addressOf({ socket, headers: said ? { 'x-forwarded-for': said } : {} });
};

test('a client that is no proxy is where its socket says, whatever it claims', () => {
  expect(clientOf('loopback', '203.0.113.9', '192.0.2.1')).toBe('203.0.113.9');
  expect(clientOf('none', '127.0.0.1', '192.0.2.1')).toBe('127.0.0.1');
});

test('a proxy is believed, and what its client had written before it is not', () => {
  expect(clientOf('loopback', '127.0.0.1', '192.0.2.1')).toBe('192.0.2.1');
  expect(clientOf('loopback', '::ffff:127.0.0.1', '8.8.8.8, 192.0.2.1')).toBe('192.0.2.1');
  expect(clientOf('10.0.0.0/8, loopback', '::1', '8.8.8.8, 192.0.2.1, 10.1.2.3')).toBe('192.0.2.1');
});

test('without a client in the header it is the farthest proxy', () => {
  expect(clientOf('loopback', '127.0.0.1')).toBe('127.0.0.1');
  expect(clientOf('loopback', '127.0.0.1', ', ,')).toBe('127.0.0.1');
});

test('what is no address is named', () => {
  const parsed = parseTrustedProxies('loopback, proxy.example.com, 10.0.0.0/99');
  expect(parsed).toEqual({ ok: false, bad: ['proxy.example.com', '10.0.0.0/99'] });
});
