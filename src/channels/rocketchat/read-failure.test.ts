import { expect, test } from 'vitest';
import { readFailure } from './read-failure.ts';

const own = JSON.stringify({ success: false, error: 'error-not-allowed' });
const page = '<html><body>Not found</body></html>';

test.each([
  [400, own, 'refused'],
  [404, own, 'refused'],
  [404, page, 'unavailable'],
  [400, '{"error":"of a gateway"}', 'unavailable'],
  [302, '', 'unavailable'],
  [401, JSON.stringify({ status: 'error', message: 'You must be logged in' }), 'unavailable'],
  [403, JSON.stringify({ success: false, error: 'unauthorized' }), 'unavailable'],
  [413, page, 'refused'],
  [429, page, 'limited'],
  [200, page, 'unknown'],
  [502, page, 'unknown'],
])('%i with %s is %s', (status, body, kind) => {
  expect(readFailure({ status, body, headers: {}, now: 0 }).kind).toBe(kind);
});
