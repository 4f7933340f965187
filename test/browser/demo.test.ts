// What a newcomer meets who runs the demonstration: the command as a process, and a browser at its addresses.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../makers/start-test-usher.ts';
import { openPage } from './browse-office.ts';
import { hasBrowser, openBrowser } from './launch-browser.ts';
import { openChat, writeInChat } from './write-in-chat.ts';

const STARTS_WITHIN_MS = 150_000;
const ROW = 'a[href^="/inbox/mine/"]';
/** From the card on: half a minute on a quiet machine. */
const ALIVE_WITHIN_MS = 120_000;

describe.skipIf(!hasBrowser)('the demonstration', () => {
  let folder = '';
  let output = '';
  let demo: ChildProcess;
  let browser: Browser;
  const pages: Page[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'usher-newcomer-'));
    const { PATH = '', HOME = '' } = process.env;
    demo = spawn(process.execPath, ['src/cli/usher.ts', 'demo'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH, HOME, TMPDIR: folder, USHER_ENV_FILE: '' },
    });
    for (const stream of [demo.stdout, demo.stderr]) {
      stream?.on('data', (chunk) => {
        output += chunk;
      });
    }
    browser = await openBrowser();
    await eventually(
      () => output,
      (said) => said.includes('Ctrl-C ends it') || demo.exitCode !== null,
      STARTS_WITHIN_MS,
    );
    if (demo.exitCode !== null) throw new Error(`It ended with ${demo.exitCode}:\n${output}`);
  }, STARTS_WITHIN_MS + 30_000);
  afterAll(async () => {
    await browser?.close();
    if (demo?.exitCode === null) {
      demo.kill('SIGTERM');
      await once(demo, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  const address = (name: string): string => {
    const [, url] = new RegExp(`^ +${name} +(http\\S+)`, 'm').exec(output) ?? [];
    if (url === undefined) throw new Error(`No address of ${name} in:\n${output}`);
    return url;
  };
  const open = async (name: string): Promise<Page> => {
    const page = await openPage(browser);
    page.setDefaultTimeout(ALIVE_WITHIN_MS);
    pages.push(page);
    await page.goto(address(name));
    return page;
  };
  /** Where the rows of the inbox lead. */
  const rowsOf = (page: Page): Promise<(string | null)[]> =>
    page.locator(ROW).evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  /** As the page asks: only browsers know all names below localhost. */
  const status = (page: Page, path: string) =>
    page.evaluate(async (asked) => (await fetch(asked)).status, path);

  test('is alive by itself after its card: the inbox, Live, and a chat between shop and desk', {
    timeout: 2 * ALIVE_WITHIN_MS,
  }, async () => {
    const agent = await open('agent');
    await agent.getByRole('heading', { name: /Mine/ }).waitFor();
    await agent.locator(ROW).first().waitFor();
    const atFirst = await rowsOf(agent);

    const supervisor = await open('supervisor');
    await supervisor.getByRole('heading', { name: 'Live' }).waitFor();
    const colleague = supervisor.getByRole('row').filter({ hasText: 'Rafael Costa' });
    await colleague.getByText(/[12]\s*(\/|of)\s*2/).waitFor();

    const shop = await open('shop');
    const chat = await openChat(shop);
    await writeInChat(shop, 'Do you have filters for two cups?');
    await agent
      .getByRole('listitem')
      .filter({ hasText: 'filters for two cups' })
      .getByRole('link')
      .click();
    await agent
      .getByRole('textbox', { name: 'Reply', exact: true })
      .fill('We do, they are beside you.');
    await agent.keyboard.press('Enter');
    await chat.getByText('We do, they are beside you.').waitFor();
    await chat.getByText('Maya Putri').first().waitFor();
    // Without a reload, and besides the chat that was begun just now.
    const isNew = (row: string | null) => !atFirst.includes(row);
    await expect
      .poll(async () => (await rowsOf(agent)).filter(isNew).length, { timeout: ALIVE_WITHIN_MS })
      .toBeGreaterThan(1);
  });

  test('each address is signed in as the role that it names, side by side in one browser', async () => {
    const page = await openPage(browser);
    for (const role of ['agent', 'supervisor', 'admin']) await page.goto(address(role));
    const origin = (role: string) => `http://${role}.localhost:${new URL(page.url()).port}`;
    for (const [role, users, reports] of [
      ['agent', 403, 403],
      ['supervisor', 403, 200],
      ['admin', 200, 200],
    ] as const) {
      await page.goto(`${origin(role)}/settings/people`);
      expect(await status(page, '/api/v1/users')).toBe(users);
      expect(
        await status(page, '/api/v1/reports?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z'),
      ).toBe(reports);
      const people = page.getByRole('heading', { name: 'People', exact: true, level: 1 });
      if (role === 'admin') await people.waitFor();
      else {
        await page.waitForURL((url) => url.pathname !== '/settings/people');
        expect(await people.count()).toBe(0);
      }
    }
    await page.context().close();
  });

  test('by number each address signs in too, for browsers that do not know the names', async () => {
    for (const [role, name] of [
      ['agent', 'Maya Putri'],
      ['supervisor', 'Rina Hartono'],
      ['admin', 'Ana Pereira'],
    ] as const) {
      const number = address(role).replace(`${role}.localhost`, '127.0.0.1');
      expect(output).toMatch(new RegExp(`^ +${role} +${number.replaceAll('.', '\\.')}`, 'm'));
      const page = await openPage(browser);
      await page.goto(number);
      const who = await page.evaluate(async () => (await fetch('/api/v1/session')).json());
      expect(who.user.name).toBe(name);
      await page.context().close();
    }
  });

  test('every link of the shop leads to a page of it, with the chat, and its icon is there', async () => {
    const page = await openPage(browser);
    await page.goto(address('shop'));
    const links = await page
      .locator('a')
      .evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href));
    expect(links.length).toBeGreaterThan(8);
    for (const link of new Set(links)) {
      expect((await page.goto(link))?.status() ?? 200).toBe(200);
      await page.locator('.launcher').waitFor();
    }
    const icon = await page
      .locator('link[rel=icon]')
      .evaluate((link) => (link as HTMLLinkElement).href);
    expect((await page.request.get(icon)).headers()['content-type']).toBe('image/svg+xml');
    await page.context().close();
  });

  test('the past is a week of a working company: every day, several agents, all channels, ratings', async () => {
    const page = await openPage(browser);
    await page.goto(address('supervisor'));
    await page.getByRole('heading', { name: 'Live' }).waitFor();
    const [from, to] = [new Date(Date.now() - 7 * 86_400_000), new Date()].map((at) =>
      at.toISOString(),
    );
    const count = async (by: string): Promise<number[]> => {
      const path = `/api/v1/reports?from=${from}&to=${to}&by=${by}`;
      const { rows } = await page.evaluate(async (asked) => (await fetch(asked)).json(), path);
      return rows.map(({ closed }: { closed: number }) => closed).filter((n: number) => n > 5);
    };
    expect((await count('day')).length).toBeGreaterThanOrEqual(7);
    expect((await count('agent')).length).toBeGreaterThanOrEqual(6);
    expect((await count('channel')).length).toBe(4);
    const { totals } = await page.evaluate(
      async (asked) => (await fetch(asked)).json(),
      `/api/v1/reports?from=${from}&to=${to}`,
    );
    expect(totals.closed).toBeGreaterThan(300);
    expect(totals.ratings).toBeGreaterThan(80);
    expect(totals.waitSecondsP90).toBeGreaterThan(2 * totals.waitSecondsP50);
    expect(totals.handlingSecondsP50).toBeGreaterThan(200);
    await page.context().close();
  });

  test('in the past, whoever had conversations was online', async () => {
    const page = await open('supervisor');
    await page.getByRole('heading', { name: 'Live' }).waitFor();
    const online = await page.evaluate(async () => {
      const until = Date.now();
      const response = await fetch('/api/v1/simulations/measure', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          from: new Date(until - 6 * 86_400_000).toISOString(),
          until: new Date(until).toISOString(),
          asRecorded: true,
        }),
      });
      const { scenario } = await response.json();
      const secondsOf = ({ shifts }: { shifts: { from: number; until: number }[] }) =>
        shifts.reduce((sum, shift) => sum + shift.until - shift.from, 0);
      return scenario.agents.map(secondsOf) as number[];
    });
    expect(online.length).toBeGreaterThan(3);
    // More than the day that whoever is online at the end stays.
    for (const seconds of online) expect(seconds).toBeGreaterThan(1.5 * 86_400);
  });

  test('an address with another code, or by another name of the machine, signs nobody in', async () => {
    const { href, port } = new URL(address('admin'));
    const other = await fetch(href.replace('admin.localhost', '127.0.0.1').replace(/.$/, '~'));
    expect([other.status, other.headers.get('set-cookie')]).toEqual([404, null]);
    const page = await openPage(browser);
    const foreign = await page.request.get(`http://127.0.0.1:${port}${new URL(href).pathname}`, {
      headers: { host: `shop.example:${port}` },
      maxRedirects: 0,
    });
    expect([foreign.status(), foreign.headers()['set-cookie']]).toEqual([421, undefined]);
    await page.context().close();
  });

  test('SIGTERM ends it with every promise kept, and leaves no process and no folder', {
    timeout: 60_000,
  }, async () => {
    await Promise.all(pages.map((page) => page.context().close()));
    const ended = once(demo, 'exit');
    demo.kill('SIGTERM');
    expect([(await ended)[0], output.includes('Broken')]).toEqual([0, false]);
    const left = await eventually(
      async () => [...(await processesIn(folder)), ...(await thrownAwayIn(folder))],
      (found) => found.length === 0,
      20_000,
    );
    expect(left).toEqual([]);
  });
});

async function processesIn(folder: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-axww', '-o', 'args=']);
  return stdout.split('\n').filter((line) => line.includes(folder));
}

async function thrownAwayIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => !/^node-compile-cache/.test(name));
}
