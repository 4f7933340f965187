// What the office fetches at first is little, and what it fetches when it is asked for loses nothing that is typed meanwhile.
import { request } from 'node:http';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { signIn } from './browse-office.ts';
import { holdScript, intercept } from './intercept.ts';
import { hasBrowser } from './launch-browser.ts';
import { shareFilledOffice } from './share-office.ts';
import { ADMIN } from './start-office.ts';

const LIMIT = 250_000;
/** So long nothing may be asked for: what is fetched ahead begins half a second after the list stands. */
const IDLE_MS = 2000;

const shared = shareFilledOffice();
const inBrowser = test.skipIf(!hasBrowser);

inBrowser.each(['en-US', 'ko-KR'])(
  `an admin who signs in, sees the inbox and opens a conversation fetches at most ${LIMIT} bytes of gzipped JavaScript, with what is fetched ahead (%s)`,
  { timeout: 60_000 },
  async (language) => {
    const page = await shared.open(null, { language });
    const fetched = watchScripts(page);
    await page.goto(shared.at('/sign-in?to=/inbox/all'));
    await page.locator('input[type="email"]').fill(ADMIN.email);
    await page.locator('input[type="password"]').fill(ADMIN.password);
    await page.locator('button[type="submit"]').click();
    await page.getByRole('listitem').first().waitFor();
    await fetched.idle();
    await page.getByRole('listitem').first().getByRole('link').click();
    await page.getByRole('log').waitFor();
    await fetched.idle();

    const sizes = await fetched.sizes();
    const total = sum(Object.values(sizes));
    process.stdout.write(
      `the back office, first load (${language}): ${total} bytes of JavaScript gzipped\n`,
    );
    expect(Object.keys(sizes).length).toBeGreaterThan(2);
    expect(total, JSON.stringify(sizes, null, 2)).toBeLessThanOrEqual(LIMIT);
    await page.context().close();
  },
);

inBrowser(
  'what is typed while a dialog is being fetched does nothing else, and a dialog that cannot be fetched is said',
  { timeout: 60_000 },
  async () => {
    const page = await openConversation();
    const transfer = await holdScript(page, 'transfer-dialog');
    await page.keyboard.press('a');
    await transfer.asked;
    // Each would close or open something else.
    for (const key of ['u', 'e', 'p', 'w']) await page.keyboard.press(key);
    transfer.release();
    await page.getByRole('dialog', { name: 'Assign or transfer' }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(1);
    expect(await page.getByRole('complementary').count()).toBe(1);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await intercept(page, '**/assets/close-dialog-*', (route) => route.abort());
    await page.keyboard.press('e');
    await page.getByText('may have been updated').waitFor();
    await page.unroute('**/assets/close-dialog-*');
    await page.keyboard.press('e');
    await page.getByRole('dialog', { name: 'Close the conversation' }).waitFor();
    await page.context().close();
  },
);

inBrowser(
  'tags that are typed before their field has been fetched are taken as it would take them',
  { timeout: 60_000 },
  async () => {
    const page = await openConversation();
    const field = await holdScript(page, 'tag-field');
    const tags = page.getByLabel('About this conversation').getByRole('combobox', {
      name: 'Tags',
      exact: true,
    });
    await tags.click();
    await field.asked;
    const saved = page.waitForRequest((one) => one.method() === 'PATCH');
    await page.keyboard.type('log');
    await page.keyboard.press('Enter');
    // As the field itself would: the tag that begins so, not a new one beside it.
    expect((await saved).postDataJSON()).toEqual({ tags: ['delivery', 'login'] });
    const second = page.waitForRequest((one) => one.method() === 'PATCH');
    await page.keyboard.type('comp');
    field.release();
    await page.locator('[data-combobox-selected]').getByText('complaint').waitFor();
    await page.keyboard.press('Enter');
    expect((await second).postDataJSON()).toEqual({ tags: ['delivery', 'login', 'complaint'] });
    await page.context().close();
  },
);

async function openConversation(): Promise<Page> {
  const page = await shared.open(null);
  await signIn(page, shared.office());
  await page.goto(shared.at('/inbox/mine'));
  await page.getByRole('listitem').filter({ hasText: 'Dewi Lestari' }).getByRole('link').click();
  await page.getByRole('log').waitFor();
  return page;
}

/** Every script that the page has been answered, whoever asked for it: a tag, an import or a prefetch. */
function watchScripts(page: Page) {
  const urls = new Set<string>();
  const underWay = new Set<unknown>();
  let last = performance.now();
  page.on('request', (one) => {
    underWay.add(one);
    last = performance.now();
  });
  const end = (one: unknown) => {
    underWay.delete(one);
    last = performance.now();
  };
  page.on('requestfinished', end);
  page.on('requestfailed', end);
  page.on('response', (answer) => {
    const type = answer.headers()['content-type'] ?? '';
    if (type.includes('javascript')) urls.add(answer.url());
  });
  return {
    async idle(): Promise<void> {
      while (underWay.size > 0 || performance.now() - last < IDLE_MS) {
        await new Promise((next) => setTimeout(next, 100));
      }
    },
    async sizes(): Promise<Record<string, number>> {
      const found = await Promise.all(
        [...urls].map(
          async (url) => [url.replace(/^.*\//, ''), await measureGzipped(url)] as const,
        ),
      );
      return Object.fromEntries(found);
    },
  };
}

/** As the server sends it to who takes gzip; Chromium prefers what is smaller. */
function measureGzipped(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { 'accept-encoding': 'gzip' } }, (answer) => {
      let bytes = 0;
      if (answer.headers['content-encoding'] !== 'gzip')
        reject(new Error(`${url} came not gzipped.`));
      answer.on('data', (part: Buffer) => {
        bytes += part.length;
      });
      answer.on('end', () => resolve(bytes));
    })
      .on('error', reject)
      .end();
  });
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
