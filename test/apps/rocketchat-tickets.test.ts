// What the app decides without its engine.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isListed } from '../../apps/rocketchat-tickets/src/is-listed.ts';
import { isPrivateHost } from '../../apps/rocketchat-tickets/src/is-private-host.ts';
import { judgeAnswer } from '../../apps/rocketchat-tickets/src/judge-answer.ts';
import { findOwnFile, writeAddress } from '../../apps/rocketchat-tickets/src/own-file.ts';
import { splitText } from '../../apps/rocketchat-tickets/src/split-text.ts';

const NOW = Date.parse('2026-01-01T10:00:00Z');
const out = (...texts: string[]) => texts.map((text) => ({ isOut: true, text, at: NOW }));

test.each<[string, string[], string[], string, boolean]>([
  ['nothing is listed', [], [], 'a', false],
  ['the first of a ticket is there', ['a'], [], 'a', true],
  ['it is behind the last that arrived', ['b', 'a'], ['a'], 'b', true],
  ['only the last that arrived is there', ['a'], ['a'], 'b', false],
  ['the same words arrived before, and not again', ['a'], ['a'], 'a', false],
  ['the same words arrived before, and again', ['a', 'a'], ['a'], 'a', true],
  ['they arrived in an earlier part of the talk', ['b', 'a'], ['b', 'a'], 'a', false],
  ['they arrived there, and now again', ['a', 'b', 'a'], ['b', 'a'], 'a', true],
  ['a flow has written in between', ['b', 'flow', 'a'], ['a'], 'b', true],
  ['the list does not go back to what is known', ['x', 'y'], ['a'], 'x', false],
])('a lost answer, where %s', (_, listed, delivered, text, expected) => {
  expect(isListed({ listed: out(...listed), delivered, text, sinceMs: NOW })).toBe(expected);
});

test('what the contact wrote, and what was sent long before the first message of a ticket, is no sign of it', () => {
  const listed = [{ isOut: false, text: 'a', at: NOW }];
  expect(isListed({ listed, delivered: [], text: 'a', sinceMs: NOW })).toBe(false);
  const old = [{ isOut: true, text: 'a', at: NOW - 3_600_000 }];
  expect(isListed({ listed: old, delivered: [], text: 'a', sinceMs: NOW })).toBe(false);
});

test('hosts of private networks are known however they are spelt', () => {
  const inside = ['localhost', 'a.localhost', 'intranet', 'printer.local', '127.0.0.1', '127.1'];
  inside.push('0x7f000001', '2130706433', '0177.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1');
  inside.push('169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1', '198.18.0.1', '[::1]');
  inside.push('[::ffff:10.0.0.1]', '[fe80::1]', '[fc00::1]', '[2002:7f00:1::]', 'localhost.');
  const outside = [
    'rapidpro.example.com',
    '8.8.8.8',
    '172.32.0.1',
    '100.128.0.1',
    '[2606:4700::1]',
  ];
  expect(inside.filter((host) => !isPrivateHost(host))).toEqual([]);
  expect(outside.filter(isPrivateHost)).toEqual([]);
});

test('a text is cut into pieces that join to it, never within a character', () => {
  for (const text of ['', 'short', 'x'.repeat(25), `${'line\n'.repeat(9)}end`, '👋'.repeat(13)]) {
    const parts = splitText(text, 10);
    expect(parts.join('')).toBe(text);
    for (const part of parts) expect(part.length).toBeLessThanOrEqual(10);
    expect(parts.filter((part) => /[\ud800-\udbff]$/.test(part))).toEqual([]);
  }
});

test('each of mailroom’s answers means what the contract says', () => {
  const judge = (status: number | null, change: object = {}) =>
    judgeAnswer({
      ...{ type: 'agent-message', attempts: 1, status, error: null, ticketAgeMs: 3_600_000 },
      ...{ eventAgeMs: 0, giveUpAfterMs: 86_400_000, ...change },
    });
  expect([200, 201, 204].map((status) => judge(status).verdict)).toEqual(['done', 'done', 'done']);
  const passing = [null, 401, 408, 429, 500, 503].map((status) => judge(status));
  expect(passing.every((one) => one.verdict === 'retry' && one.afterMs === 1000)).toBe(true);
  expect([301, 403, 405, 410].map((status) => judge(status).verdict)).toEqual(
    Array(4).fill('failed'),
  );
  expect(judge(404).verdict).toBe('failed');
  expect(judge(404, { ticketAgeMs: 1000 }).verdict).toBe('retry');
  expect(judge(404, { type: 'close-room' }).verdict).toBe('done');
  expect(judge(404, { error: 'no such ticketer x' }).verdict).toBe('retry');
  expect([judge(400), judge(400, { attempts: 3 })].map(({ verdict }) => verdict)).toEqual([
    'retry',
    'failed',
  ]);
  expect(judge(500, { eventAgeMs: 86_400_000 }).verdict).toBe('failed');
  const last = judge(500, { attempts: 9 });
  expect(last).toMatchObject({ afterMs: 1_800_000 });
});

const SITE = 'https://chat.example/desk/';
const FOLDER = 'https://chat.example/desk/file-upload/';

test.each<[string, string | null]>([
  ['/file-upload/a1/b.jpg', 'a1/b.jpg'],
  ['/desk/file-upload/a1/b.jpg', 'a1/b.jpg'],
  [`${FOLDER}a1/b.jpg?rc_token=x#y`, 'a1/b.jpg'],
  ['HTTPS://CHAT.example/desk/file-upload/a1/b.jpg', 'a1/b.jpg'],
  ['/file-upload/a1/my photo.jpg', 'a1/my%20photo.jpg'],
  ['/file-upload/a1', 'a1'],
  ['/file-upload/a1/v1..2.jpg', 'a1/v1..2.jpg'],
  ['https://chat.example/file-upload/a1/b.jpg', null],
  ['https://evil.example/desk/file-upload/a1/b.jpg', null],
  ['https://chat.example.evil.example/desk/file-upload/a1', null],
  ['https://chat.example@evil.example/desk/file-upload/a1', null],
  ['https://me@chat.example/desk/file-upload/a1', null],
  ['https://chat.example:8443/desk/file-upload/a1', null],
  ['http://chat.example/desk/file-upload/a1', null],
  ['//evil.example/file-upload/a1', null],
  ['/\\evil.example/file-upload/a1', null],
  ['//file-upload/a1/b.jpg', null],
  ['/file-upload/../api/v1/users.list', null],
  ['/file-upload/a1/..', null],
  ['/file-upload/a1/%2e%2E/%2e%2e/api', null],
  ['/file-upload/a1/..%2f..%2fapi', null],
  ['/file-upload/a1/.\t./.\t./api', null],
  ['/file-upload/a1\\..\\..\\api', null],
  ['/file-upload/', null],
  ['/api/v1/users.list', null],
  ['blob:https://chat.example/desk/file-upload/a1', null],
  ['data:image/png;base64,AA', null],
  ['http://[', null],
  ['', null],
])('of this server’s files or not: %j', (address, name) => {
  const url = name === null ? undefined : `${FOLDER}${name}`;
  expect(findOwnFile(SITE, address)?.url).toBe(url);
});

test('no address that is made of their parts is taken for a file of this server’s and leads elsewhere', () => {
  const parts = ['/', '//', '..', '.', '%2e', '%2F', '%5c', '\\', '\t', ' ', '@', ':', '?', '#'];
  parts.push('a', 'file-upload', '/file-upload/', '/desk', 'https://chat.example', 'evil.example');
  let taken = 0;
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 8 }), (some) => {
      for (const address of [some.join(''), `/file-upload/${some.join('')}`]) {
        const own = findOwnFile(SITE, address);
        if (own === null) continue;
        taken += 1;
        const read = new URL(own.url);
        expect(read.href.startsWith(`${FOLDER}${own.id}`)).toBe(true);
        expect(new URL(decodeURIComponent(read.href)).href.startsWith(FOLDER)).toBe(true);
        expect([read.username, read.search, read.hash]).toEqual(['', '', '']);
      }
    }),
    { numRuns: 5000 },
  );
  expect(taken).toBeGreaterThan(100);
});

test('an address that is no file of the server is told as people can open it, and Site_Url may be anything', () => {
  expect(writeAddress(SITE, '/channel/general')).toBe('https://chat.example/desk/channel/general');
  for (const address of ['//evil.example/a', 'https://evil.example/a', 'blob:x', 'http://[', '']) {
    expect(writeAddress(SITE, address)).toBe(address);
  }
  for (const site of ['', 'undefined', 'https://', 'ftp://chat.example', 'https://a@b']) {
    expect(findOwnFile(site, '/file-upload/a1/b.jpg')).toBeNull();
    expect(writeAddress(site, '/file-upload/a1/b.jpg')).toBe('/file-upload/a1/b.jpg');
  }
});
