// What answers tell the browser that shows them.
import { expect, test } from 'vitest';
import { startTestUsher } from '../makers/start-test-usher.ts';

test('every answer forbids guessing, running and framing, and what the API tells, and how things stand now, is kept nowhere', async () => {
  const usher = await startTestUsher();
  const paths = [
    '/livez',
    '/openapi.json',
    '/docs/',
    '/api/v1/sign-in',
    '/api/v1/agents',
    '/api/x',
  ];
  for (const path of [
    ...paths,
    '/config/attendant',
    '/widget/config',
    '/widget/presence',
    '/attachments/x/y',
    '/session/x',
    '/metrics',
  ]) {
    const { headers } = await fetch(new URL(path, usher.url));
    expect(headers.get('x-content-type-options'), path).toBe('nosniff');
    expect(headers.get('content-security-policy'), path).toMatch(
      path.startsWith('/attachments/') ? /none/ : /frame-ancestors 'none'/,
    );
    expect(headers.get('cross-origin-opener-policy'), path).toBe('same-origin');
    expect(headers.get('permissions-policy'), path).toContain('camera=(), ');
    if (/api\/|livez|widget/.test(path))
      expect(headers.get('cache-control'), path).toBe('no-store');
  }
  const { headers } = await fetch(new URL('/docs/', usher.url));
  expect(headers.get('content-security-policy')).toMatch(/^default-src 'self';/);
});

test('over https browsers are told to stay there; over http nothing is said of it', async () => {
  const strict = async (environment: Record<string, string>, headers: Record<string, string>) => {
    const usher = await startTestUsher(environment);
    const answer = await fetch(new URL('/api/v1/sign-in', usher.url), { headers });
    return answer.headers.get('strict-transport-security');
  };
  const year = 'max-age=31536000';
  expect(await strict({ PUBLIC_URL: 'https://usher.example.com' }, {})).toBe(year);
  expect(await strict({}, { 'x-forwarded-proto': 'https' })).toBe(year);
  expect(await strict({}, {})).toBeNull();
});
