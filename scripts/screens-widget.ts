// Takes the pictures of the chat on a shop's page in every state that a visitor meets.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import sharp from 'sharp';
import { writeShop } from '../sandbox/demo/shop-page.ts';
import { startWebChat, type WebChat } from '../sandbox/webchat/start-web-chat.ts';
import { STILL_AT } from '../test/browser/still-office.ts';
import { openStillPage } from '../test/browser/still-page.ts';
import { keepPicture } from './screens-keep.ts';

interface Stage {
  chat: WebChat;
  page: Page;
  frame: FrameLocator;
}

/** Each begins with the chat open on its first screen; `launcher` shuts it again. */
const scenes: Record<string, (stage: Stage) => Promise<void>> = {
  launcher: async ({ page, frame }) => {
    await frame.getByRole('button', { name: 'Minimise chat' }).click();
    await page.locator('.launcher').waitFor();
  },
  greeting: async () => {},
  queue: async (stage) => {
    await say(stage, 'Hi! Is the Toraja roasted for espresso as well?');
    await stage.frame.getByText('You are number 3 in line.').waitFor();
  },
  chat: async (stage) => {
    await talk(stage);
    stage.chat.talks.type(true);
    await stage.frame.getByText('Sari Wijaya is typing').waitFor();
  },
  images: async (stage) => {
    const { chat, frame } = stage;
    await begin(stage, 'My parcel came like this.');
    await frame
      .locator('input[type=file]')
      .setInputFiles([{ name: 'parcel.png', mimeType: 'image/png', buffer: await draw(parcel) }]);
    await frame.getByRole('link', { name: 'Open parcel.png' }).waitFor();
    chat.talks.say('Oh no, I am sorry. A new one leaves today:');
    chat.talks.say('', [await upload(chat, 'label.png', await draw(label))]);
    chat.talks.say('', [await upload(chat, 'return-note.pdf', Buffer.alloc(48_200))]);
    chat.talks.read();
    await frame.getByRole('link', { name: /return-note/ }).waitFor();
  },
  offline: async () => {},
  failing: async (stage) => {
    const { chat, frame } = stage;
    await begin(stage, 'Here is the invoice you asked for.');
    chat.talks.say('Thank you! Which order is it about?');
    await frame.getByText('Which order').waitFor();
    chat.control.refuseUploads = 500;
    await frame
      .locator('input[type=file]')
      .setInputFiles([
        { name: 'invoice.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(91_000) },
      ]);
    await frame.getByText('The file could not be uploaded.').waitFor();
    chat.control.up = false;
    chat.cut();
    await frame.getByText('Connection lost').waitFor();
    await say(stage, 'It is order 4471.');
    await frame.locator('.tick[title=Sending]').waitFor();
  },
  rated: async (stage) => {
    const { chat, frame } = stage;
    await talk(stage);
    chat.talks.close();
    await frame.locator('.star').nth(4).click();
    await frame.getByRole('button', { name: 'Send rating' }).click();
    await frame.getByText('Thank you for your rating!').waitFor();
  },
};

export async function showWidget(browser: Browser, widths: readonly number[]): Promise<void> {
  for (const width of widths) {
    for (const [name, play] of Object.entries(scenes)) {
      for (const scheme of ['light', 'dark'] as const)
        await showScene(browser, { name, play, width, scheme });
    }
  }
}

async function showScene(
  browser: Browser,
  scene: {
    name: string;
    play: (stage: Stage) => Promise<void>;
    width: number;
    scheme: 'light' | 'dark';
  },
): Promise<void> {
  const { name, play, width, scheme } = scene;
  const chat = await startWebChat();
  chat.talks.script.now = () => STILL_AT;
  const title = 'Kopi Nusantara';
  Object.assign(chat.config, {
    title,
    theme: 'auto',
    colour: '#8a5a2b',
    launcherText: 'Questions?',
  });
  if (name === 'offline') Object.assign(chat.config, { presence: { state: 'away' } });
  const shop = await serveShop(chat.url);
  const page = await openStillPage(browser, { width, scheme, language: 'en-GB' });
  await page.goto(shop.url);
  await page.locator('.launcher[data-online]').click();
  const frame = page.frameLocator('iframe');
  await frame.locator('[data-focus]').first().waitFor();
  await play({ chat, page, frame });
  await page.waitForTimeout(400);
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  await keepPicture(picture, { folder: 'widget', name, width, scheme });
  await page.context().close();
  await shop.stop();
  await chat.stop();
}

async function say({ frame }: Stage, text: string): Promise<void> {
  const area = frame.getByRole('textbox', { name: 'Your message' });
  await area.fill(text);
  await area.press('Enter');
}

async function begin(stage: Stage, text: string): Promise<void> {
  await say(stage, text);
  await stage.frame.getByText('Looking for somebody').waitFor();
  stage.chat.talks.accept();
  await stage.frame.getByText('Sari Wijaya joined the chat.').waitFor();
}

async function talk(stage: Stage): Promise<void> {
  const { chat, frame } = stage;
  await begin(stage, 'Hi! Is the Toraja roasted for espresso as well?');
  chat.talks.say('Good morning! It is: ask for “dark” and it leaves us on the same day.');
  chat.talks.say('All about it: https://example.com/toraja');
  await frame.getByText('All about it').waitFor();
  await say(stage, 'Perfect. Two bags then, please.');
  await frame.getByText('Two bags').waitFor();
  await frame.locator('.tick[title=Delivered]').last().waitFor();
  chat.talks.read();
  await frame.locator('.tick[title=Read]').last().waitFor();
}

async function upload(chat: WebChat, name: string, content: Buffer): Promise<string> {
  const form = new FormData();
  const type = name.endsWith('.png') ? 'image/png' : 'application/pdf';
  form.append('file', new Blob([content as Buffer<ArrayBuffer>], { type }), name);
  const { sessionId } = chat.talks.talks[0] as { sessionId: string };
  const url = `${chat.url}/session/${sessionId}/attachments`;
  const answer = await fetch(url, { method: 'POST', body: form });
  return ((await answer.json()) as { id: string }).id;
}

async function serveShop(origin: string): Promise<{ url: string; stop(): Promise<void> }> {
  const { html, policy } = writeShop(origin);
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

function draw(shapes: string): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="360">${shapes}</svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

/** A dented box on a floor. */
const parcel = `<rect width="480" height="360" fill="#d8cfc2"/><rect y="250" width="480" height="110" fill="#b7a994"/>
<path d="M110 120 250 90 380 130 370 280 235 310 105 265z" fill="#b98a55"/><path d="M110 120 250 90 380 130 240 165z" fill="#d3a56d"/>
<path d="M240 165 235 310 105 265 110 120z" fill="#a87845"/><path d="M170 106 305 147 303 296 275 302 279 156 146 113z" fill="#e8d7b0" opacity=".8"/>
<path d="M120 230 165 205 150 255 190 275 128 272z" fill="#7d5731"/>`;

/** A label with its stripes. */
const label = `<rect width="480" height="360" fill="#f4f1ea"/><rect x="40" y="36" width="400" height="288" rx="10" fill="#fff" stroke="#37312a" stroke-width="4"/>
<rect x="64" y="64" width="180" height="20" fill="#37312a"/><rect x="64" y="100" width="240" height="12" fill="#9a9186"/><rect x="64" y="122" width="200" height="12" fill="#9a9186"/>
${Array.from({ length: 34 }, (_, at) => `<rect x="${64 + at * 10.4}" y="180" width="${[3, 6, 2, 7, 4][at % 5]}" height="110" fill="#37312a"/>`).join('')}`;
