import { expect, test } from 'vitest';
import { fileAddress } from './file-address.ts';

const files: [string, string, string][] = [
  ['https://c.example', '/file-upload/a/b.txt', 'https://c.example/file-upload/a/b.txt'],
  ['https://c.example', 'file-upload/a/b.txt', 'https://c.example/file-upload/a/b.txt'],
  ['https://c.example', 'https://C.example/ufs/F:U/a', 'https://c.example/ufs/F:U/a'],
  ['https://c.example', '/file-upload/a/b?x=1#y', 'https://c.example/file-upload/a/b?x=1'],
  ['https://c.example', '/file-upload/a/..b', 'https://c.example/file-upload/a/..b'],
  ['https://c.example/chat/', '/file-upload/a', 'https://c.example/chat/file-upload/a'],
  ['https://c.example/chat', '/chat/file-upload/a', 'https://c.example/chat/file-upload/a'],
];
test.each(files)('at %s, %s is a file', (base, link, address) => {
  expect(fileAddress(base, link)).toBe(address);
});

const others = [
  ...['/api/v1/me', '/', '', '/file-upload/', '/file-upload', '/avatar/ana', 'http://['],
  ...['/file-upload/../api/v1/me', '/file-upload/%2e%2e/api/v1/me'],
  ...['/file-upload/..%2fapi/v1/me', '/file-upload/a%2F..%2f..%5capi', '/file-upload\\..\\api'],
  ...['//elsewhere.example/file-upload/a', 'https://elsewhere.example/file-upload/a'],
  ...['http://c.example/file-upload/a', 'https://c.example:8443/file-upload/a'],
  ...['https://me:pw@c.example/file-upload/a', 'blob:https://c.example/file-upload/a'],
  ...['javascript:/file-upload/a', 'file:///file-upload/a', '/chat/file-upload/a'],
];
test.each(others)('%s is none', (link) => {
  expect(fileAddress('https://c.example', link)).toBe(null);
});
