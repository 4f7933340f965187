import { expect, test } from 'vitest';
import { allow } from '../../test/makers/open-test-outbound.ts';
import { checkUrl } from './check-url.ts';

const nothing = { allowed: allow('') };

test.each([
  ['https://example.com', 'https://example.com/'],
  ['  https://Example.COM:443/a b?c=d#e \n', 'malformed'],
  ['  https://Example.COM:443/a%20b?c=d#e \n', 'https://example.com/a%20b?c=d'],
  ['https://example.com:8443/x', 'https://example.com:8443/x'],
  ['https://bücher.example/ü', 'https://xn--bcher-kva.example/%C3%BC'],
  ['https://example.com./', 'https://example.com./'],
  ['https://my_host.example/', 'https://my_host.example/'],
  ['https://93.184.215.14/', 'https://93.184.215.14/'],
  ['https://[2606:4700:4700::1111]/', 'https://[2606:4700:4700::1111]/'],
  ['https://example.com/@user', 'https://example.com/@user'],
  ['https://localhost.example.com/', 'https://localhost.example.com/'],
  ['https://example.com/http://127.0.0.1', 'https://example.com/http://127.0.0.1'],
])('%j becomes %s', (typed, expected) => {
  const check = checkUrl(typed, nothing);
  expect(check.ok ? check.url : check.reason).toBe(expected);
});

test('plain HTTP is accepted with a warning', () => {
  expect(checkUrl('http://example.com/', nothing)).toMatchObject({ warnings: ['not-https'] });
  expect(checkUrl('https://example.com/', nothing)).toMatchObject({ warnings: [] });
});

test.each([
  ['', 'scheme'],
  ['example.com/hook', 'scheme'],
  ['ftp://example.com/', 'scheme'],
  ['file:///etc/passwd', 'scheme'],
  ['javascript:alert(1)', 'scheme'],
  ['gopher://example.com:70/_x', 'scheme'],
  ['//example.com/', 'scheme'],
  ['http:example.com', 'malformed'],
  ['http:/example.com', 'malformed'],
  ['http:///example.com', 'malformed'],
  ['http://', 'malformed'],
  ['http://:80/', 'malformed'],
  ['http:\\\\example.com', 'malformed'],
  ['http://example.com\\x', 'malformed'],
  ['http://exa\nmple.com/', 'malformed'],
  ['http://example.com/\u0000', 'malformed'],
  ['http://example..com/', 'malformed'],
  ['http://.example.com/', 'malformed'],
  ['http://example.com:99999/', 'malformed'],
  ['http://exam!ple.com/', 'malformed'],
  ['http://user:pw@example.com/', 'credentials'],
  ['http://user@example.com/', 'credentials'],
  ['http://@example.com/', 'credentials'],
  ['http://10.0.0.1/', 'private-address'],
  ['http://localhost:3000/', 'private-address'],
  ['http://example.com:25/', 'port'],
  ['http://example.com:6667/', 'port'],
  ['http://example.com:0/', 'port'],
  [`https://example.com/${'a'.repeat(2048)}`, 'too-long'],
  [`https://example.com/${'ü'.repeat(600)}`, 'too-long'],
])('%j is refused: %s', (typed, reason) => {
  const check = checkUrl(typed, nothing);
  expect(check).toMatchObject({ ok: false, reason });
  expect(check.ok || check.text).toMatch(/^[A-Z].*\.$/);
});

test('2048 characters are just short enough', () => {
  expect(checkUrl(`https://example.com/${'a'.repeat(2028)}`, nothing).ok).toBe(true);
});

test('an allowed network permits its literals and, if it has loopback, the names of loopback', () => {
  expect(checkUrl('http://10.0.0.1/', { allowed: allow('10.0.0.0/8') }).ok).toBe(true);
  expect(checkUrl('http://localhost/', { allowed: allow('10.0.0.0/8') }).ok).toBe(false);
  expect(checkUrl('http://localhost/', { allowed: allow('::1') }).ok).toBe(true);
});
