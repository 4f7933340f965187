// Whatever is lost on the way: what an agent writes is stored once, shown once, and in the order in which it was written.
import fc from 'fast-check';
import type { Page, Route } from 'playwright-core';
import { expect, onTestFailed, onTestFinished, test } from 'vitest';
import { type ServerProcess, startServerProcess } from '../faults/server-process.ts';
import { makeDatabase } from '../makers/make-database.ts';
import { makePlace } from '../makers/make-place.ts';
import { silentDesk } from '../makers/silent-desk.ts';
import { startTcpProxy } from '../makers/start-tcp-proxy.ts';
import { callOf, eventually } from '../makers/start-test-usher.ts';
import { intercept } from './intercept.ts';
import { hasBrowser } from './launch-browser.ts';
import { openBehind } from './open-behind.ts';
import { shareBrowser } from './share-office.ts';
import { ADMIN } from './start-office.ts';

const long = process.env.USHER_LONG_TESTS === '1';
const SENDS = long ? 1000 : 24;
const browser = shareBrowser();

const fault = fc.oneof(
  { weight: 10, arbitrary: fc.constant('none' as const) },
  // The request never arrives, or its answer does not come back.
  { weight: 6, arbitrary: fc.constantFrom('lose-request' as const, 'lose-answer' as const) },
  { weight: 2, arbitrary: fc.constantFrom('cut' as const, 'reload' as const) },
  { weight: 1, arbitrary: fc.constant('kill' as const) },
);
/** Before each message: what goes wrong, and in which of the two tabs it is written. */
const step = fc.record({ fault, tab: fc.nat({ max: 1 }), restMs: fc.nat({ max: 120 }) });
type Fault = typeof fault extends fc.Arbitrary<infer T> ? T : never;

test.skipIf(!hasBrowser)(
  `${SENDS} messages of an agent in two tabs, under faults: none lost, none twice, all in order`,
  { timeout: long ? 3_600_000 : 300_000 },
  async () => {
    const seed = Number(process.env.USHER_TEST_SEED ?? Date.now() % 1_000_000);
    onTestFailed(() => void process.stderr.write(`USHER_TEST_SEED=${seed}\n`));
    const some = fc.sample(step, { numRuns: SENDS, seed });
    // Each kind happens, however short the run is.
    const certain: Fault[] = ['lose-answer', 'cut', 'reload', 'kill', 'lose-request'];
    const steps = some.map((one, at) => ({ ...one, fault: certain[at - 3] ?? one.fault }));
    const office = await openOffice();
    const sent: string[] = [];
    for (const { fault: what, tab, restMs } of steps) {
      await office.suffer(what);
      const text = `#${sent.length + 1};`;
      await office.write(tab, text);
      sent.push(text);
      await new Promise((done) => setTimeout(done, restMs));
    }
    await office.mend();
    await eventually(
      () => office.waiting(),
      (left) => left === 0,
      long ? 300_000 : 90_000,
    );
    expect(await office.stored(), `seed ${seed}`).toEqual(sent);
    for (const tab of [0, 1]) {
      // A page that was loaded late shows the latest, and those before when it is scrolled.
      await eventually(
        () => office.shown(tab),
        (all) => all.length >= Math.min(SENDS, 60) && all.join() === sent.slice(-all.length).join(),
        60_000,
      );
      expect(await office.seenTwice(tab), `seed ${seed}`).toEqual([]);
    }
    process.stdout.write(`${SENDS} messages, seed ${seed}: ${JSON.stringify(office.suffered)}\n`);
  },
);

async function openOffice() {
  const database = await makeDatabase();
  const server = await startServerProcess({
    DATABASE_URL: database.url,
    USHER_ADMIN_EMAIL: ADMIN.email,
    USHER_ADMIN_PASSWORD: ADMIN.password,
  });
  await server.ready();
  const { hostname, port } = new URL(server.url);
  const proxy = await startTcpProxy({ host: hostname, port: Number(port) });
  const call = callOf(server.url);
  const { open } = await makePlace({ desk: silentDesk(database.pool) });
  const id = await open();
  const { items } = (await call('GET', '/api/v1/users')).body as { items: { agentId: string }[] };
  const body = { agentId: items[0]?.agentId, force: true };
  const assigned = await call('POST', `/api/v1/conversations/${id}/assign`, { body });
  if (assigned.status !== 200) throw new Error(assigned.text);
  const path = `/inbox/all/${id}`;
  const first = await openBehind(browser(), proxy, path);
  const tabs: [Page, Page] = [first, await openBehind(browser(), proxy, path, first)];
  onTestFinished(() => first.context().close());
  const field = (page: Page) => page.getByRole('textbox', { name: 'Reply', exact: true });
  // A page that is cut off while it is loaded is another matter.
  for (const tab of tabs) await field(tab).waitFor({ timeout: 60_000 });
  const lost = await loseOnTheWay(tabs);
  for (const tab of tabs) await watchDoubles(tab);
  const suffered: Partial<Record<Fault, number>> = {};
  let cuts = 0;

  const reload = async (page: Page) => {
    // It cannot be loaded while the server is away.
    await whole(server);
    await page.reload();
    await field(page).waitFor();
  };
  const suffer: Record<Fault, () => Promise<unknown>> = {
    none: async () => {},
    'lose-request': async () => lost.next('lose-request'),
    'lose-answer': async () => lost.next('lose-answer'),
    cut: async () => {
      if (cuts > 0) return;
      cuts += 1;
      await proxy.goDown();
      setTimeout(() => void proxy.comeBack().then(() => (cuts -= 1)), 900);
    },
    reload: async () => {
      await eventually(
        () => cuts,
        (some) => some === 0,
      );
      await reload(tabs[Math.round(Math.random())] as Page);
    },
    kill: async () => {
      if (!server.isAlive()) return;
      await server.kill();
      server.start();
    },
  };
  return {
    suffered,
    suffer: async (what: Fault) => {
      suffered[what] = (suffered[what] ?? 0) + 1;
      await suffer[what]();
    },
    write: async (tab: number, text: string) => {
      const page = tabs[tab] as Page;
      await field(page).fill(text);
      await field(page).press('Enter');
      await expect.poll(() => field(page).inputValue(), { timeout: 30_000 }).toBe('');
    },
    mend: async () => {
      lost.end();
      await whole(server);
    },
    waiting: () =>
      first.evaluate(
        () => Object.keys(localStorage).filter((key) => key.startsWith('usher.outbox')).length,
      ),
    stored: async () => {
      const all: string[] = [];
      for (let after = 0; ; ) {
        const url = `/api/v1/conversations/${id}/messages?afterSeq=${after}&limit=200`;
        const page = (await call('GET', url)).body as { items: { seq: number; text: string }[] };
        all.push(...page.items.map(({ text }) => text));
        const last = page.items.at(-1);
        if (last === undefined) return all;
        after = last.seq;
      }
    },
    shown: (tab: number) =>
      (tabs[tab] as Page).evaluate(
        () => document.querySelector('[role="log"]')?.textContent?.match(/#\d+;/g) ?? [],
      ) as Promise<string[]>,
    seenTwice: (tab: number) =>
      (tabs[tab] as Page).evaluate(() => (window as unknown as { twice: string[] }).twice),
  };
}

async function whole(server: ServerProcess): Promise<void> {
  if (!server.isAlive()) server.start();
  await server.ready();
}

/** The next message of either tab suffers what was asked for. */
async function loseOnTheWay(tabs: readonly Page[]) {
  let next: 'lose-request' | 'lose-answer' | null = null;
  const pass = async (route: Route) => {
    const now = route.request().method() === 'POST' ? next : null;
    if (now === null) return route.fallback();
    next = null;
    if (now === 'lose-answer') await route.fetch().catch(() => null);
    await route.abort().catch(() => {});
  };
  for (const tab of tabs) await intercept(tab, '**/api/v1/conversations/*/messages', pass);
  return {
    next: (what: 'lose-request' | 'lose-answer') => {
      next = what;
    },
    end: () => {
      next = null;
    },
  };
}

/** Notes whatever stands in the thread twice, even for a moment; also after a reload. */
async function watchDoubles(page: Page): Promise<void> {
  const watch = () => {
    const page = window as unknown as { twice?: string[] };
    if (page.twice !== undefined) return;
    const kept = sessionStorage.getItem('twice');
    const twice: string[] = kept === null ? [] : JSON.parse(kept);
    page.twice = twice;
    const look = () => {
      const all = document.querySelector('[role="log"]')?.textContent?.match(/#\d+;/g) ?? [];
      const doubled = all.filter(
        (one, at) => (all as string[]).indexOf(one) !== at && !twice.includes(one as string),
      );
      if (doubled.length === 0) return;
      twice.push(...doubled);
      sessionStorage.setItem('twice', JSON.stringify(twice));
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
  };
  await page.addInitScript(watch);
  await page.evaluate(watch);
}
