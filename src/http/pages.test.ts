// What stands around the pages: caching, policies, and what is not given away.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fastify } from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { readOwnChannel } from '../../widget/chat/read-host.ts';
import { type PagesOptions, pagesRoutes } from './pages.ts';

const everything = {
  'widget.js': '/* loader */',
  'widget.js.br': 'compressed',
  'widget/index.html': '<!doctype html>widget',
  'widget/assets/chat-abc.js': '/* chat */',
  'web/index.html': '<!doctype html>back office',
  'web/assets/web-abc.js': '/* web */',
};

async function servePages(files: Record<string, string> = everything, options: PagesOptions = {}) {
  const pagesRoot = await mkdtemp(join(tmpdir(), 'usher-pages-'));
  const app = fastify();
  onTestFinished(async () => {
    await app.close();
    await rm(pagesRoot, { recursive: true });
  });
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(pagesRoot, path)), { recursive: true });
    await writeFile(join(pagesRoot, path), text);
  }
  await app.register(pagesRoutes, { ...options, pagesRoot });
  app.get('/api/v1/known', async () => ({}));
  return (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });
}

const asPage = { accept: 'text/html,application/xhtml+xml' };

test('the first address is a page for whoever asks; any other only for those who want one', async () => {
  const get = await servePages();
  expect((await get('/', { accept: '*/*' })).body).toContain('back office');
  expect((await get('/inbox/mine', { accept: '*/*' })).statusCode).toBe(404);
});

test('the back office’s page is branded, kept while it stays the same, and its files are left alone', async () => {
  const files = { ...everything, 'web/index.html': '<html lang="en"><title>Usher</title></html>' };
  let pageTitle = 'Toko <Sari>';
  const unset = { favIconUrl: null, language: null, agentAvatarUrl: null, logoUrl: null };
  const brandOf = async () => ({ pageTitle, ...unset });
  const get = await servePages(files, { brandOf });
  const answer = await get('/inbox/mine', asPage);
  expect(answer.body).toContain('<title>Toko &lt;Sari&gt;</title>');
  expect(answer.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    'content-security-policy': expect.stringContaining("default-src 'self'"),
  });
  const known = { ...asPage, 'if-none-match': String(answer.headers.etag) };
  expect((await get('/inbox/mine', known)).statusCode).toBe(304);
  expect((await get('/index.html', asPage)).body).toBe(answer.body);
  expect((await get('/assets/web-abc.js')).body).toBe('/* web */');
  pageTitle = 'Another';
  expect((await get('/inbox/mine', known)).body).toContain('Another');
});

test('the loader may be included anywhere and is asked for anew each time', async () => {
  const get = await servePages();
  const answer = await get('/widget.js');
  expect(answer.body).toBe('/* loader */');
  expect(answer.headers).toMatchObject({
    'content-type': 'application/javascript; charset=utf-8',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-cache',
  });
  const etag = String(answer.headers.etag);
  expect((await get('/widget.js', { 'if-none-match': etag })).statusCode).toBe(304);
});

test('who takes it compressed gets it compressed', async () => {
  const get = await servePages();
  const answer = await get('/widget.js', { 'accept-encoding': 'br' });
  expect(answer.headers).toMatchObject({ 'content-encoding': 'br', vary: 'accept-encoding' });
  expect(answer.body).toBe('compressed');
});

test("the widget's frame runs nothing but its own files and may be framed by anybody", async () => {
  const get = await servePages();
  const answer = await get('/widget/index.html?channelId=1', asPage);
  const policy = String(answer.headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
  expect(policy).toContain('frame-ancestors *');
  expect(policy).not.toContain('unsafe');
  expect(answer.headers).toMatchObject({
    'cache-control': 'no-cache',
    'cross-origin-embedder-policy': 'require-corp',
  });
  expect((await get('/widget/')).body).toBe(answer.body);
});

test.each([
  [null, '*'],
  [
    ['https://shop.example.com', 'https://b.example:8443/path'],
    "'self' https://shop.example.com https://b.example:8443",
  ],
  [['x; script-src *', 'data:text/html,x'], "'none'"],
  [[], "'none'"],
])('of a channel with the origins %j only these show the frame: %s', async (origins, expected) => {
  const asked: unknown[] = [];
  const framersOf = async (channelId: string | undefined) => {
    asked.push(channelId);
    return origins;
  };
  const get = await servePages(everything, { framersOf });
  const { headers } = await get('/widget/index.html?channelId=c1', asPage);
  expect(String(headers['content-security-policy'])).toMatch(/frame-ancestors [^;]*$/);
  expect(String(headers['content-security-policy']).split('frame-ancestors ')[1]).toBe(expected);
  expect(asked).toEqual(['c1']);
});

test.each([
  '?channelId=a&channelId=b',
  '?channelId=a&channel%49d=b',
  '?channelId=a&channelId=a',
  '?channelId=',
  '?channelId=%00&x[]=1',
])('the channel of %s is the one that the frame reads in its own address', async (query) => {
  const asked: unknown[] = [];
  const framersOf = async (channelId: string | undefined) => {
    asked.push(channelId);
    return [];
  };
  const get = await servePages(everything, { framersOf });
  const { headers } = await get(`/widget/index.html${query}`, asPage);
  expect(String(headers['content-security-policy'])).toContain("frame-ancestors 'none'");
  expect(asked).toEqual([readOwnChannel(query)]);
  expect(asked).not.toContain('a');
  expect(asked).not.toContain(undefined);
});

test('a file with a hash in its name is kept for ever', async () => {
  const get = await servePages();
  for (const path of ['/widget/assets/chat-abc.js', '/assets/web-abc.js']) {
    expect((await get(path)).headers['cache-control']).toContain('immutable');
  }
});

test('the back office answers at every address that a person opens, and nobody may frame it', async () => {
  const get = await servePages();
  for (const path of ['/', '/inbox/42?tab=all', '/index.html']) {
    const answer = await get(path, asPage);
    expect([answer.statusCode, answer.body]).toEqual([200, '<!doctype html>back office']);
    expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  }
});

test.each([
  ['/api/v1/unknown', asPage],
  ['/inbox/42', { accept: 'application/json' }],
  ['/assets/missing.js', { accept: '*/*' }],
  ['/widget/assets/missing.js', {}],
  ['/widget/..%2f..%2fpackage.json', {}],
  ['/widget/.hidden', {}],
  ['/widget/index.html.br', {}],
])('%s is not found', async (path, headers) => {
  const get = await servePages();
  expect((await get(path, headers)).statusCode).toBe(404);
});

test('what is not built says what to run', async () => {
  const get = await servePages({});
  for (const path of ['/widget.js', '/widget/index.html', '/']) {
    const answer = await get(path, asPage);
    expect([answer.statusCode, answer.body]).toEqual([
      503,
      expect.stringContaining('npm run build:pages'),
    ]);
  }
});
