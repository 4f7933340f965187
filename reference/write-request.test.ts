import { expect, test } from 'vitest';
import { writeCurl, writeRequest } from './write-request.ts';

const call = { method: 'patch', path: '/api/v1/agents/{id}', tag: 'agents', text: '' };
const parameters = [
  { name: 'id', in: 'path' as const },
  { name: 'q', in: 'query' as const },
  { name: 'idempotency-key', in: 'header' as const },
];

test('what is typed stands in its place, encoded; what is empty is left out', () => {
  const values = { 'path:id': 'a/b', 'query:q': 'x & y', 'header:idempotency-key': '' };
  const request = writeRequest(call, { parameters, values, body: '{"name":"Ana"}', token: 'tok' });
  expect(request).toEqual({
    url: '/api/v1/agents/a%2Fb?q=x+%26+y',
    method: 'PATCH',
    headers: { authorization: 'Bearer tok', 'content-type': 'application/json' },
    body: '{"name":"Ana"}',
  });
});

test('the line for a terminal quotes what a shell would read', () => {
  const request = writeRequest(call, { parameters, values: {}, body: `{"a":"it's"}`, token: '' });
  expect(writeCurl(request, 'https://usher.example.com')).toBe(
    [
      `curl -X PATCH 'https://usher.example.com/api/v1/agents/{id}'`,
      `-H 'content-type: application/json'`,
      `--data '{"a":"it'\\''s"}'`,
    ].join(' \\\n  '),
  );
});
