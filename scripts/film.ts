// Records the README's film: a visitor writes, an agent answers, and a panel says why that agent.
// It shows the running product in headless Chromium. Only the caption is drawn.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { writeShop } from '../sandbox/demo/shop-page.ts';
import { openPage, settle, signIn } from '../test/browser/browse-office.ts';
import { fillOffice } from '../test/browser/fill-office.ts';
import { openBrowser } from '../test/browser/launch-browser.ts';
import { type Office, startOffice } from '../test/browser/start-office.ts';

const FILE = 'docs/film.webp';
const SIZE = { width: 1280, height: 700 };
const CAPTION = 44;
const MOST_BYTES = 2_000_000;
const QUESTION = 'Hi! Is the Gayo ground for a French press?';
const ANSWER = 'Yes, pick “coarse” at checkout. I can also change your order.';

interface Shot {
  picture: Buffer;
  ms: number;
}

const shots: Shot[] = [];
const browser = await openBrowser();
const office = await startOffice();
try {
  await play(browser, office);
  await write();
} finally {
  await browser.close();
  await office.stop();
}

async function play(browser: Browser, office: Office): Promise<void> {
  const { agents } = await fillOffice(office);
  await makeRoom(office, agents.get('Ana') ?? '');
  const shop = await serveShop(office.url);
  const visitor = await openPage(browser, { width: SIZE.width });
  await visitor.setViewportSize(SIZE);
  const desk = await openPage(browser, { width: SIZE.width });
  await desk.setViewportSize(SIZE);
  await signIn(desk, office);
  await desk.addInitScript(() => localStorage.setItem('usher.panel', JSON.stringify('none')));
  await desk.goto(new URL('/inbox/mine', office.url).href);
  await settle(desk);

  const here = 'A shop: the chat is one line on its page';
  await visitor.goto(shop.url);
  await visitor.locator('.launcher[data-online]').waitFor();
  await shoot(visitor, { caption: here, ms: 1400 });
  await visitor.locator('.launcher').click();
  const chat = visitor.frameLocator('iframe');
  const field = chat.getByRole('textbox', { name: 'Your message' });
  await field.waitFor();
  await shoot(visitor, { caption: here, ms: 900 });
  await type(field, visitor, { text: QUESTION, caption: 'A visitor writes' });
  await field.press('Enter');
  await chat.locator('.bubble', { hasText: 'French press' }).waitFor();

  const name = await untilGiven(office, agents.get('Ana') ?? '');
  await chat.getByText('Ana Pereira').first().waitFor();
  await shoot(visitor, { caption: 'Usher finds an agent at once', ms: 1600 });

  await answer({ visitor, desk, name });
  await shop.stop();
}

/** She has the most room of those who are online, so the router chooses her, and says who was second. */
async function makeRoom({ call }: Office, id: string): Promise<void> {
  interface Agent {
    id: string;
    load: number;
    effectiveCapacity: number;
    availability: string;
  }
  await call('PATCH', `/api/v1/agents/${id}`, { capacity: 12 });
  const { items } = await call<{ items: Agent[] }>('GET', '/api/v1/agents');
  for (const one of items) {
    const comesFirst = one.load / one.effectiveCapacity <= 0.3;
    if (one.id !== id && comesFirst)
      await call('PATCH', `/api/v1/agents/${one.id}`, { availability: 'away' });
  }
}

async function answer(args: { visitor: Page; desk: Page; name: string }): Promise<void> {
  const { visitor, desk, name } = args;
  const chat = visitor.frameLocator('iframe');
  const row = desk.getByRole('listitem').filter({ hasText: name });
  await row.waitFor();
  await shoot(desk, { caption: 'It stands in her inbox', ms: 1600 });
  await row.getByRole('link').click();
  await desk.getByRole('log').getByText('French press').waitFor();
  await shoot(desk, { caption: 'She opens it', ms: 1300 });
  const reply = desk.getByRole('textbox', { name: 'Reply', exact: true });
  await type(reply, desk, { text: ANSWER, caption: 'She answers' });
  await reply.press('Enter');
  await desk.getByRole('log').getByText('coarse').waitFor();
  await shoot(desk, { caption: 'She answers', ms: 900 });
  await chat.locator('.bubble', { hasText: 'coarse' }).waitFor();
  await shoot(visitor, { caption: 'The visitor has the answer', ms: 2000 });
  await reply.blur();
  await desk.keyboard.press('w');
  await desk.getByRole('tab', { name: 'Why' }).waitFor();
  await shoot(desk, {
    caption: 'And why her? Every decision is on record, in plain words',
    ms: 4500,
  });
}

async function type(
  field: ReturnType<Page['locator']>,
  page: Page,
  { text, caption }: { text: string; caption: string },
): Promise<void> {
  for (const share of [0.35, 0.7, 1]) {
    await field.fill(text.slice(0, Math.round(text.length * share)));
    await shoot(page, { caption, ms: share === 1 ? 900 : 350 });
  }
}

/** Answers the name of whoever has asked. */
async function untilGiven(office: Office, agentId: string): Promise<string> {
  interface Found {
    agentId: string | null;
    contact: { displayName: string };
  }
  for (let tries = 0; tries < 100; tries += 1) {
    const path = '/api/v1/conversations?q=French%20press';
    const [found] = (await office.call<{ items: Found[] }>('GET', path)).items;
    if (found?.agentId === agentId) return found.contact.displayName;
    await new Promise((next) => setTimeout(next, 100));
  }
  const all = await office.call('GET', '/api/v1/conversations?limit=3');
  throw new Error(`Somebody else has it, or nobody: ${JSON.stringify(all)}`);
}

async function shoot(page: Page, { caption, ms }: { caption: string; ms: number }): Promise<void> {
  await settle(page).catch(() => {});
  const words = caption.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const bar = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE.width}" height="${CAPTION}"><rect width="100%" height="100%" fill="#5048c9"/><text x="50%" y="29" text-anchor="middle" font-family="DejaVu Sans, sans-serif" font-size="19" fill="#fff">${words}</text></svg>`;
  const picture = await sharp(await page.screenshot())
    .extend({ bottom: CAPTION, background: '#5048c9' })
    .composite([{ input: Buffer.from(bar), top: SIZE.height, left: 0 }])
    .png()
    .toBuffer();
  shots.push({ picture, ms });
}

async function write(): Promise<void> {
  const { size } = await sharp(
    shots.map(({ picture }) => picture),
    { join: { animated: true } },
  )
    .webp({ quality: 80, effort: 6, loop: 0, delay: shots.map(({ ms }) => ms) })
    .toFile(FILE);
  process.stdout.write(`${FILE}: ${shots.length} pictures, ${size} bytes\n`);
  if (size > MOST_BYTES) throw new Error(`It may have at most ${MOST_BYTES} bytes.`);
}

async function serveShop(origin: string): Promise<{ url: string; stop(): Promise<void> }> {
  const { html, policy } = writeShop(new URL(origin).origin);
  const server = createServer((_request, response) => {
    response.setHeader('content-security-policy', policy);
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(html);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
