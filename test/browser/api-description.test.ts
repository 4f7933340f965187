// The page that describes the API, under the policy that it is served with.
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { startTestUsher, type TestUsher, TOKEN } from '../makers/start-test-usher.ts';
import { hasBrowser } from './launch-browser.ts';
import { expectAccessible, openPage } from './open-browser.ts';
import { shareBrowser } from './share-office.ts';

const browser = shareBrowser();
const inBrowser = test.skipIf(!hasBrowser);
const limit = { timeout: 120_000 };
const FIRST_LOAD_BYTES = 40_000;

const openDocs = (usher: TestUsher, options = {}) =>
  openPage(browser(), `${usher.url}/docs/`, options);

inBrowser(
  'a call is found by its words, read, and sent in the name of a token',
  limit,
  async () => {
    const usher = await startTestUsher();
    const { page, complaints } = await openDocs(usher);
    const search = page.getByRole('searchbox', { name: 'Search calls' });
    await search.waitFor();
    // The page listens to its keys a moment after its first sight.
    const pressSlash = async () => {
      await page.keyboard.press('/');
      return search.evaluate((box) => box === document.activeElement);
    };
    await expect.poll(pressSlash).toBe(true);
    await search.fill('');
    await page.keyboard.type('post teams');
    await page.getByRole('link', { name: 'POST /teams', exact: true }).click();
    await page.getByRole('heading', { name: 'POST /api/v1/teams' }).waitFor();
    expect(await page.title()).toBe('POST /api/v1/teams · Usher');
    const form = page.getByRole('region', { name: 'Try it' });
    await form.getByLabel('Token').fill(TOKEN);
    const body = form.getByLabel('Body');
    expect(JSON.parse(await body.inputValue())).toEqual({ name: '' });
    await body.fill('{"name":');
    await form.getByRole('button', { name: 'Send' }).click();
    await form.getByText(/The body is no JSON/).waitFor();
    await body.fill('{"name":"Orders"}');
    await form.getByRole('button', { name: 'Send' }).click();
    await form.getByText('201', { exact: true }).waitFor();
    expect(JSON.stringify((await usher.call('GET', '/api/v1/teams')).body)).toContain('Orders');
    await form.getByText('As a line for a terminal').click();
    expect(await form.getByRole('group', { name: 'curl' }).textContent()).toContain(
      `--data '{"name":"Orders"}'`,
    );
    // Its address can be passed on.
    await page.reload();
    await page.getByRole('heading', { name: 'POST /api/v1/teams' }).waitFor();
    expect(complaints).toEqual([]);
  },
);

inBrowser('every call of the contract opens', limit, async () => {
  const usher = await startTestUsher();
  const read = async (path: string) => (await fetch(new URL(path, usher.url))).json();
  const { paths } = (await read('/openapi.json')) as { paths: Record<string, object> };
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  const { calls } = (await read('/docs/contents')) as { calls: { method: string; path: string }[] };
  expect(calls.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(all.toSorted());
  const { page, complaints } = await openDocs(usher);
  for (const { method, path } of calls) {
    await page.evaluate((hash) => location.assign(hash), `#/${method}${path}`);
    const name = `${method.toUpperCase()} ${path}`;
    await page.getByRole('heading', { name, exact: true, level: 1 }).waitFor();
    await page.getByRole('heading', { name: 'Answers', exact: true }).waitFor();
  }
  expect(complaints).toEqual([]);
});

inBrowser('it fits four widths, light and dark, and shuts nobody out', limit, async () => {
  const usher = await startTestUsher();
  for (const width of [390, 768, 1280, 1920]) {
    const { page } = await openDocs(usher, { width });
    await page.getByText(/\d+ calls\. Choose one/).waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const hash of ['#/', '#/patch/api/v1/agents/{id}']) {
        await page.evaluate((to) => location.assign(to), hash);
        await page.getByRole('heading', { level: 1 }).waitFor();
        if (hash !== '#/')
          await page.getByRole('heading', { name: 'Answers', exact: true }).waitFor();
        await expectAccessible(page);
        const wider = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect(wider, `${hash} at ${width}`).toBe(0);
      }
    }
  }
});

inBrowser('whoever chose light or dark in the back office sees it here', limit, async () => {
  const usher = await startTestUsher();
  const { page } = await openDocs(usher);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.evaluate(() => localStorage.setItem('mantine-color-scheme-value', 'dark'));
  await page.reload();
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(ground).toBe('rgb(22, 22, 26)');
});

inBrowser('its first load is small and from here alone', limit, async () => {
  const usher = await startTestUsher();
  const { page } = await openPage(browser(), 'about:blank');
  const bytes: number[] = [];
  const origins = new Set<string>();
  page.on('response', async (response) => {
    origins.add(new URL(response.url()).origin);
    bytes.push(gzipSync(await response.body()).length);
  });
  await page.goto(`${usher.url}/docs/`);
  await page.getByText(/\d+ calls\. Choose one/).waitFor();
  await page.waitForLoadState('networkidle');
  expect([...origins]).toEqual([new URL(usher.url).origin]);
  const sum = bytes.reduce((all, one) => all + one, 0);
  expect(sum).toBeGreaterThan(5000);
  expect(sum).toBeLessThan(FIRST_LOAD_BYTES);
});

test('a call that is not there, a program that takes no gzip, and the former addresses are answered', async () => {
  const usher = await startTestUsher();
  for (const query of ['method=get&path=/nothing', 'method=toString&path=/api/v1/agents']) {
    expect((await usher.call('GET', `/docs/call?${query}`, { token: null })).status).toBe(404);
  }
  expect((await usher.call('GET', '/docs/call', { token: null })).status).toBe(400);
  const plain = await fetch(new URL('/docs/contents', usher.url), {
    headers: { 'accept-encoding': 'identity' },
  });
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(((await plain.json()) as { calls: object[] }).calls.length).toBeGreaterThan(200);
  expect((await usher.call('GET', '/docs/json', { token: null })).body).toMatchObject({
    openapi: '3.1.0',
  });
  expect((await usher.call('GET', '/docs/yaml', { token: null })).text).toMatch(/^openapi: /);
});
