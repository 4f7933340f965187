// The page on which a web chat is tried: for whoever works here, of a channel of theirs, and shown by nobody else.
import { expect, test } from 'vitest';
import { startTestUsher } from '../makers/start-test-usher.ts';
import { makeWorkspace, startWithOperator } from '../makers/two-workspaces.ts';

async function findWebChat(usher: Awaited<ReturnType<typeof startTestUsher>>): Promise<string> {
  const { body } = await usher.call('GET', '/api/v1/channels');
  const { items } = body as { items: { id: string; kind: string }[] };
  return items.find(({ kind }) => kind === 'webchat')?.id ?? '';
}

test('it carries the chat of its channel, is framed by our own pages alone, and is in no index', async () => {
  const usher = await startTestUsher();
  const id = await findWebChat(usher);
  const path = `/try/page?channelId=${id}&locale=ko`;
  const answer = await fetch(`${usher.url}${path}`, {
    headers: { authorization: `Bearer ${usher.token}` },
  });
  const { status, headers } = answer;
  const text = await answer.text();
  expect(status).toBe(200);
  expect(text).toContain(`src="/widget.js" data-channel-id="${id}" data-locale="ko"`);
  expect(text).toContain('<meta name="robots" content="noindex, nofollow">');
  expect(headers.get('x-robots-tag')).toBe('noindex, nofollow');
  expect(headers.get('cache-control')).toBe('no-store');
  const policy = headers.get('content-security-policy');
  expect(policy).toContain("frame-ancestors 'self'");
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
});

test('a stranger is not shown it', async () => {
  const usher = await startTestUsher();
  const path = `/try/page?channelId=${await findWebChat(usher)}`;
  expect((await usher.call('GET', path, { token: null })).status).toBe(401);
});

test.each([
  '',
  'channelId=',
  'channelId=x%22%3E%3Cscript%3E',
  'channelId=00000000-0000-7000-8000-000000000000&locale=xx',
  'channelId=00000000-0000-7000-8000-000000000000&more=1',
])('%j is refused', async (query) => {
  const usher = await startTestUsher();
  expect((await usher.call('GET', `/try/page?${query}`)).status).toBe(400);
});

test('of a channel that is none, or another workspace’s, it says that there is none', async () => {
  const usher = await startWithOperator();
  const own = await findWebChat(usher);
  const other = await makeWorkspace(usher, { name: 'Second', email: 'bea@example.com' });
  const foreign = await usher.call('GET', `/try/page?channelId=${own}`, { token: other.token });
  expect([foreign.status, (foreign.body as { code: string }).code]).toEqual([
    404,
    'channel.not-found',
  ]);
  const none = '00000000-0000-7000-8000-000000000000';
  expect((await usher.call('GET', `/try/page?channelId=${none}`)).status).toBe(404);
});

test('where guests are refused, whoever tries it is a proved customer, whatever their name', async () => {
  const usher = await startTestUsher();
  const id = await findWebChat(usher);
  const path = `/try/page?channelId=${id}`;
  expect((await usher.call('GET', path)).text).not.toContain('identify');
  await usher.call('PATCH', `/api/v1/channels/${id}`, {
    body: { config: { requireIdentity: true }, secrets: { widgetSecret: 'a-secret-of-the-shop' } },
  });
  const { body } = await usher.call('POST', '/api/v1/tokens', {
    body: { name: '</script><b>Ana', role: 'admin' },
  });
  const { token } = body as { token: string };
  const { text } = await usher.call('GET', path, { token });
  expect(text.match(/<\/script>/g)).toHaveLength(2);
  const said = /Usher\('identify',(.*)\)<\/script>/.exec(text)?.[1] ?? '';
  const { name, ...proof } = JSON.parse(said) as { id: string; name: string; identityHash: string };
  expect(name).toContain('</script><b>Ana');
  const begin = (customer: object, identityHash: string) =>
    usher.call('POST', '/session', {
      body: { channelId: id, customer, identityHash },
      token: null,
    });
  const session = await begin({ id: proof.id }, proof.identityHash);
  expect([session.status, (session.body as { verified: boolean }).verified]).toEqual([200, true]);
  expect((await begin({ id: 'another' }, proof.identityHash)).status).toBe(403);
});
