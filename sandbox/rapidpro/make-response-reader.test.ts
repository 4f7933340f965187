// Responses as servers frame them, arriving in any pieces, or incomplete.
import { expect, test } from 'vitest';
import { makeResponseReader } from './make-response-reader.ts';

function read(text: string, { step = text.length, ended = false } = {}) {
  const reader = makeResponseReader();
  const bytes = Buffer.from(text, 'latin1');
  let over = -1;
  for (let at = 0; at < bytes.length; at += step) {
    if (reader.push(bytes.subarray(at, at + step)) && over === -1) over = at + step;
  }
  if (ended) reader.end();
  const response = reader.read();
  if (response === null || response === 'malformed') return { over, response };
  const { status, headers, body, complete } = response;
  return { over, status, headers, body: body.toString(), complete };
}

const chunked =
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\n6;x=1\r\npedia\n\r\n0\r\n\r\n';

test.each([1, 3, 1000])('reads a body of an announced length, %i bytes a time', (step) => {
  const text = 'HTTP/1.1 404 Not Found\r\nX-Two: a\r\nx-two: b\r\nContent-Length: 5\r\n\r\nhello';
  const seen = read(text, { step });
  expect(seen).toMatchObject({ status: 404, body: 'hello', complete: true });
  expect(seen.headers).toEqual({ 'x-two': 'a, b', 'content-length': '5' });
  expect(seen.over).toBeGreaterThanOrEqual(text.length);
});

test.each([1, 7, 1000])('joins chunks, %i bytes a time', (step) => {
  const seen = read(chunked, { step });
  expect(seen).toMatchObject({ status: 200, body: 'Wikipedia\n', complete: true });
  expect(seen.over).toBeGreaterThanOrEqual(chunked.length);
});

test('chunks without their last are not whole', () => {
  expect(read(chunked.slice(0, -5), { ended: true })).toMatchObject({ complete: false });
});

test('without a length the end of the connection is the end of the body', () => {
  const text = 'HTTP/1.0 200 OK\r\n\r\nall of it';
  expect(read(text)).toMatchObject({ complete: false, over: -1 });
  expect(read(text, { ended: true })).toMatchObject({ body: 'all of it', complete: true });
});

test('204 has no body, and needs no length', () => {
  expect(read('HTTP/1.1 204 No Content\r\n\r\n')).toMatchObject({ complete: true, body: '' });
});

test('passes over interim responses', () => {
  const text = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
  expect(read(text, { step: 5 })).toMatchObject({ status: 200, body: 'ok', complete: true });
});

test('tells what is no HTTP from what has not come yet', () => {
  expect(read('SSH-2.0-OpenSSH\r\n', { ended: true }).response).toBe('malformed');
  expect(read('HTTP/9 what\r\n\r\n').response).toBe('malformed');
  expect(read('HTTP/1.1 200 OK\r\nConte').response).toBeNull();
});
