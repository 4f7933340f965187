// The bytes that Go's client would send: their lengths are those of mailroom's own test data.
import { expect, test } from 'vitest';
import { goHeaders, goJson, writeRequest } from './write-request.ts';

test('writes a GET with a body, in the order of a Go client', () => {
  const body = goJson({ visitor: { token: '10000' } });
  const given = { 'Content-Type': 'application/json', Authorization: 'Token 123456789' };
  const url = new URL('http://app.test:81/base/room.close?a=1');
  const bytes = writeRequest({ method: 'GET', url, headers: goHeaders(given, body), body });
  expect(bytes.toString().split('\r\n')).toEqual([
    'GET /base/room.close?a=1 HTTP/1.1',
    'Host: app.test:81',
    'User-Agent: Go-http-client/1.1',
    'Content-Length: 29',
    'Authorization: Token 123456789',
    'Content-Type: application/json',
    'Accept-Encoding: gzip',
    '',
    '{"visitor":{"token":"10000"}}',
  ]);
});

test('a request without a body announces no length', () => {
  expect(goHeaders({}, null)).toEqual({
    'User-Agent': 'Go-http-client/1.1',
    'Accept-Encoding': 'gzip',
  });
});

test('escapes the two line ends that Go escapes, and nothing of HTML', () => {
  expect(goJson({ text: "<&>'\u2028\u2029é" }).toString()).toBe(`{"text":"<&>'\\u2028\\u2029é"}`);
});
