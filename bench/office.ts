// Measures the back office in a real browser on a real server: how soon news appears, how soon a page is usable, how smoothly it scrolls.
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../test/browser/launch-browser.ts';
import { loadCold, readSeen, scroll, showBoxes, watchRows } from './office-pages.ts';
import { must, type OfficeWorld, openOfficeWorld } from './office-world.ts';
import { exponential } from './open-loop.ts';
import { percentile } from './statistics.ts';
import { ms, report, type Section, say, target, targetColumns, whole } from './table.ts';

const { values } = parseArgs({
  options: {
    conversations: { type: 'string', default: '10000' },
    messages: { type: 'string', default: '5000' },
    opened: { type: 'string', default: '250' },
    loads: { type: 'string', default: '15' },
    only: { type: 'string', default: 'live,usable,frames' },
  },
});
const size = { conversations: Number(values.conversations), messages: Number(values.messages) };
const GAP_MS = 300;
const LIVE_MS = 300;
const USABLE_MS = 1500;
const FRAME_MS = 50;
const LIST = '[role="list"]';
const LOG = '[role="log"]';

type Agent = OfficeWorld['agents'][number];

async function enter(browser: Browser, { url }: OfficeWorld, agent: Agent): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const { email, password } = agent;
  const answer = await page.request.post(`${url}/api/v1/session`, {
    data: { email, password },
    headers: { origin: url },
  });
  if (!answer.ok()) throw new Error(await answer.text());
  return page;
}

/** From RapidPro's answer on: the row stands in the inbox of whoever has it, and nowhere else. */
async function measureLive(browser: Browser, world: OfficeWorld): Promise<Section> {
  const pages = await Promise.all(world.agents.map((agent) => enter(browser, world, agent)));
  for (const page of pages) {
    await watchRows(page);
    await page.goto(`${world.url}/inbox/mine`);
    await page.getByText('You are all caught up').waitFor();
  }
  const accepted = new Map<string, number>();
  const took: number[] = [];
  for (let n = -10; n < Number(values.opened); n += 1) {
    const name = `Visitor ${n + 2000}`;
    const visitor = { token: name, contactUUID: crypto.randomUUID(), name };
    const began = performance.now();
    await must(world.engine, 'GET', '/room', { visitor, ticketID: crypto.randomUUID() });
    // The first rounds warm up and are not counted.
    if (n >= 0) accepted.set(name, Date.now());
    took.push(performance.now() - began);
    await new Promise((done) => setTimeout(done, exponential(GAP_MS)));
  }
  await new Promise((done) => setTimeout(done, 3000));
  const seen = await Promise.all(pages.map(readSeen));
  const holders = await readHolders(world);
  const waits: number[] = [];
  let wrong = 0;
  for (const [name, at] of accepted) {
    const place = world.agents.findIndex(({ agentId }) => agentId === holders.get(name));
    wrong += seen.filter((rows, other) => other !== place && name in rows).length;
    waits.push((seen[place]?.[name] ?? Number.NaN) - at);
  }
  for (const page of pages) await page.context().close();
  return describeLive(waits, { took, wrong });
}

async function readHolders({ db }: OfficeWorld): Promise<Map<string, string>> {
  const { rows } = await db.query<{ name: string; agentId: string }>(
    `select k.name, c.agent_id as "agentId" from conversation c join contact k using (workspace_id, contact_id)
    where k.name like 'Visitor %' and c.agent_id is not null`,
  );
  return new Map(rows.map(({ name, agentId }) => [name, agentId]));
}

function describeLive(
  waits: readonly number[],
  { took, wrong }: { took: number[]; wrong: number },
): Section {
  const shown = waits.filter((wait) => !Number.isNaN(wait));
  const missing = waits.length - shown.length;
  const at = (share: number) => percentile(shown, share);
  return {
    title: 'Live',
    how: `${whole(waits.length)} conversations by RapidPro's webhook, ${GAP_MS} ms apart on average (exponential), while two agents look at their inbox, each in a page of its own; ${whole(size.conversations)} others are open. From the webhook's answer until the row stands in the page of whoever the router gave it to.`,
    columns: targetColumns,
    rows: [
      ['answered to shown, p50', '', ms(at(0.5)), ''],
      target('answered to shown, p95', `<= ${LIVE_MS} ms`, ms(at(0.95)), at(0.95) <= LIVE_MS),
      ['answered to shown, p99', '', ms(at(0.99)), ''],
      ['answered to shown, longest', '', ms(at(1)), ''],
      ['webhook sent to answered, p50', '', ms(percentile(took, 0.5)), ''],
      target('never shown', '0', whole(missing), missing === 0),
      target('shown to somebody else', '0', whole(wrong), wrong === 0),
    ],
  };
}

async function measureUsable(browser: Browser, world: OfficeWorld): Promise<Section> {
  const page = await enter(browser, world, world.agents[0] as Agent);
  const state = await page.context().storageState();
  await page.context().close();
  const rows: number[] = [];
  const opened: number[] = [];
  for (let n = 0; n < Number(values.loads); n += 1) {
    const cold = await loadCold(browser, { state, url: `${world.url}/inbox/all` });
    rows.push(cold.rowsMs);
    opened.push(cold.openedMs);
  }
  const longest = percentile(opened, 1);
  return {
    title: 'Usable',
    how: `${values.loads} times a browser without any cache goes to the list of all ${whole(size.conversations)} open conversations. Usable: a click on the first row, in the frame after it came to stand there, has opened its conversation.`,
    columns: targetColumns,
    rows: [
      ['first rows, p50', '', ms(percentile(rows, 0.5)), ''],
      ['first rows, longest', '', ms(percentile(rows, 1)), ''],
      ['usable, p50', '', ms(percentile(opened, 0.5)), ''],
      target('usable, longest', `<= ${USABLE_MS} ms`, ms(longest), longest <= USABLE_MS),
    ],
  };
}

async function measureFrames(browser: Browser, world: OfficeWorld): Promise<Section> {
  const page = await enter(browser, world, world.agents[0] as Agent);
  const boxes = await page.context().newPage();
  await showBoxes(boxes, size.conversations);
  const plain = { selector: '#boxes', seconds: 15 };
  const rows = [
    describeFrames('yardstick: nothing moves', await scroll(boxes, { ...plain, step: 0 }), false),
  ];
  rows.push(
    describeFrames('yardstick: plain boxes', await scroll(boxes, { ...plain, step: 300 }), false),
  );
  await boxes.close();

  await page.goto(`${world.url}/inbox/all`);
  await page.getByRole('listitem').first().waitFor();
  await page.waitForTimeout(2000);
  const list = await page.evaluateHandle(
    (selector) =>
      document.querySelector(selector)?.parentElement?.setAttribute('data-scrolled', ''),
    LIST,
  );
  await list.dispose();
  const all = { selector: '[data-scrolled]', seconds: 90 };
  rows.push(describeFrames('list, to its end', await scroll(page, { ...all, step: 300 })));
  const height = await page.evaluate(
    (selector) => document.querySelector(selector)?.scrollHeight,
    '[data-scrolled]',
  );
  say(`  the list is ${height} px high`);
  rows.push(describeFrames('list, back up', await scroll(page, { ...all, step: -1000 })));

  rows.push(...(await measureHistory(page, world)));
  await page.context().close();
  return {
    title: 'Frames',
    how: 'Each frame scrolls on, and the time between frames is noted.',
    columns: ['scrolled', 'frames', 'p50', 'p99', 'longest', '50 ms or more', 'needed', 'verdict'],
    rows,
  };
}

async function measureHistory(page: Page, world: OfficeWorld): Promise<string[][]> {
  await page.goto(`${world.url}/inbox/all/${world.longId}`);
  await page.getByRole('log').getByRole('group').first().waitFor();
  await page.waitForTimeout(2000);
  const up = await scroll(page, { selector: LOG, step: -150, seconds: 90 });
  const down = await scroll(page, { selector: LOG, step: 1000, seconds: 30 });
  return [
    describeFrames('history, to its beginning', up),
    describeFrames('history, back down', down),
  ];
}

function describeFrames(name: string, frames: readonly number[], judged = true): string[] {
  const slow = frames.filter((frame) => frame >= FRAME_MS).length;
  const spread = [0.5, 0.99, 1].map((share) => ms(percentile(frames, share)));
  const needed = judged ? [`< ${FRAME_MS} ms`, slow === 0 ? 'met' : 'MISSED'] : ['', ''];
  say(`  ${name}: ${spread.join(' ')} ${slow} of ${frames.length}`);
  return [name, whole(frames.length), ...spread, whole(slow), ...needed];
}

const parts: Record<string, (browser: Browser, world: OfficeWorld) => Promise<Section>> = {
  live: measureLive,
  usable: measureUsable,
  frames: measureFrames,
};
const browser = await openBrowser();
const world = await openOfficeWorld(size);
try {
  const sections: Section[] = [];
  for (const name of values.only.split(',')) {
    say(`measuring ${name}`);
    const measure = parts[name];
    if (measure === undefined) throw new Error(`There is no part ${name}.`);
    sections.push(await measure(browser, world));
  }
  await report('office', sections);
} finally {
  await browser.close();
  await world.stop();
}
