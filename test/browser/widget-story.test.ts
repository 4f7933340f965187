// One visitor's whole story against the real server: the queue, an agent, a dead line, a killed server, the end.
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Frame, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../makers/start-test-usher.ts';
import { hasBrowser, openBrowser } from './launch-browser.ts';
import { expectAccessible, openPage } from './open-browser.ts';
import { type Attendant, arrive, type Shop, startAttendant, startShop } from './start-shop.ts';

const CUT_MS = 30_000;
/** The widget waits at most thirty seconds between two attempts. */
const BACK_WITHIN_MS = 60_000;

interface Story {
  shop: Shop;
  sari: Attendant;
  page: Page;
  frame: FrameLocator;
  inside: Frame;
  session: { sessionTopic: string; sessionId: string };
  conversation: { id: string };
}

describe.skipIf(!hasBrowser)('a visitor’s story', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  async function write({ frame }: Pick<Story, 'frame'>, text: string) {
    const area = frame.getByRole('textbox', { name: 'Your message' });
    await area.fill(text);
    await area.press('Enter');
  }

  const answer = ({ sari, session }: Story, content: string) =>
    sari.peer.say(`${session.sessionTopic}/server/messages`, {
      clientMessageId: crypto.randomUUID(),
      content,
    });

  const bubbles = ({ frame }: Pick<Story, 'frame'>) => frame.locator('.bubble').allTextContents();

  async function kept({ shop, conversation }: Story): Promise<string[]> {
    const path = `/api/v1/conversations/${conversation.id}/messages`;
    const { items } = await shop.call<{ items: { text: string }[] }>('GET', path);
    return items.map(({ text }) => text);
  }

  /** All of it is in the server and in the browser, once, in one order, and nothing is on its way. */
  async function expectWhole(story: Story, texts: { visitor: string[]; agent: string[] }) {
    const all = [...texts.visitor, ...texts.agent];
    const has = (list: string[]) => all.every((text) => list.includes(text));
    const stored = await eventually(() => kept(story), has, BACK_WITHIN_MS);
    await expect.poll(() => bubbles(story), { timeout: BACK_WITHIN_MS }).toEqual(stored);
    expect(new Set(stored).size).toBe(stored.length);
    for (const one of [texts.visitor, texts.agent]) {
      expect(stored.filter((text) => one.includes(text))).toEqual(one);
    }
    await expect.poll(() => story.frame.locator('.tick[title=Sending]').count()).toBe(0);
  }

  /** Opens the chat behind three others, and is served when they have been. */
  async function waitInQueue(shop: Shop): Promise<Story> {
    const sari = await startAttendant(shop, 'Sari Wijaya');
    const serve = [];
    for (const id of ['Ani', 'Beni', 'Cici']) serve.push(await arrive(shop, id));
    const { page, complaints } = await openPage(browser, shop.host);
    const frame = page.frameLocator('iframe');
    await page.locator('.launcher[data-online=true]').click();
    await expectAccessible(page);
    await write({ frame }, 'Is the blue one in stock?');
    for (const [at, line] of ['number 3', 'number 2', 'next'].entries()) {
      // A shop that has served nobody yet knows nothing of waits, and tells none.
      await frame.getByText(new RegExp(`^You are ${line} in line\\.$`)).waitFor();
      const inside = page.frames().find((each) => each.url().includes('/widget/')) as Frame;
      if (at === 0) await expectAccessible(inside);
      // The place in the queue and the acknowledgement come each by themselves.
      await expect.poll(() => frame.locator('.tick').first().getAttribute('title')).toBe('Sent');
      if (line !== 'next') await serve[at]?.();
    }
    await page.reload();
    await page.locator('.launcher[data-online=true]').click();
    await frame.getByText('You are next in line.').waitFor();
    await serve[2]?.();
    await frame.getByRole('heading', { name: 'Sari Wijaya' }).waitFor();
    await frame.getByText('Sari Wijaya joined the chat.').waitFor();
    const picture = frame.locator('.head .avatar img');
    await expect.poll(() => picture.evaluate((it: HTMLImageElement) => it.naturalWidth)).toBe(64);
    expect(complaints).toEqual([]);
    const { items } = await shop.call<{
      items: { id: string; contact: { externalId: string } }[];
    }>('GET', '/api/v1/conversations?state=assigned');
    const [conversation] = items;
    if (conversation === undefined) throw new Error('Nobody has it.');
    const session = await sari.receives(conversation.contact.externalId);
    const inside = page.frames().find((each) => each.url().includes('/widget/')) as Frame;
    return { shop, sari, page, frame, inside, session, conversation };
  }

  async function chat(story: Story) {
    const { sari, frame, session, inside } = story;
    const { sessionTopic } = session;
    await frame.locator('.tick[title=Delivered]').waitFor();
    await sari.peer.say(`${sessionTopic}/server/viewed`, { upToSeq: 1 });
    await frame.locator('.tick[title=Read]').waitFor();
    await sari.peer.say(`${sessionTopic}/server/typing`, { typing: true });
    await frame.getByText('Sari Wijaya is typing').waitFor();
    await answer(story, 'It is! Shall I put one aside?');
    await frame.getByText('Shall I put one aside?').waitFor();
    await expect.poll(() => frame.getByText('Sari Wijaya is typing').count()).toBe(0);
    const ofVisitor = (
      end: string,
      fits: (body: { typing?: boolean; upToSeq?: number }) => boolean,
    ) =>
      expect
        .poll(() =>
          sari.heard.some(({ topic, body }) => topic === `${sessionTopic}/${end}` && fits(body)),
        )
        .toBe(true);
    await ofVisitor('messages/viewed', ({ upToSeq }) => upToSeq === 2);
    await frame.getByRole('textbox', { name: 'Your message' }).pressSequentially('Yes');
    await ofVisitor('typing', ({ typing }) => typing === true);
    await write(story, 'Yes, please');
    await ofVisitor('typing', ({ typing }) => typing === false);
    await expectWhole(story, {
      visitor: ['Is the blue one in stock?', 'Yes, please'],
      agent: ['It is! Shall I put one aside?'],
    });
    await expectAccessible(inside);
  }

  /** At first nothing passes and nobody knows; then the connections break and no new one is made. */
  async function cutTheLine(story: Story) {
    const { line } = story.shop;
    const texts = { visitor: [] as string[], agent: [] as string[] };
    const both = async (n: number) => {
      texts.visitor.push(`visitor ${n}`);
      await write(story, `visitor ${n}`);
      texts.agent.push(`agent ${n}`);
      await answer(story, `agent ${n}`);
    };
    const until = Date.now() + CUT_MS;
    line.freeze();
    for (const n of [1, 2, 3]) await both(n);
    await sleep(CUT_MS / 4);
    await line.goDown();
    await story.frame.getByText('Connection lost').waitFor();
    for (const n of [4, 5, 6]) await both(n);
    await expectAccessible(story.inside);
    const before = await bubbles(story);
    expect(before.filter((text) => text.startsWith('agent'))).toEqual([]);
    expect(before.filter((text) => text.startsWith('visitor'))).toEqual(texts.visitor);
    await sleep(Math.max(0, until - Date.now()));
    await line.comeBack();
    await expectWhole(story, texts);
    await expect.poll(() => story.frame.getByText('Connection lost').count()).toBe(0);
  }

  async function killTheServer(story: Story) {
    const { server } = story.shop;
    const texts = { visitor: [] as string[], agent: [] as string[] };
    for (const n of [1, 2, 3]) {
      texts.visitor.push(`said ${n}`);
      await write(story, `said ${n}`);
    }
    await server.kill();
    await story.frame.getByText('Connection lost').waitFor();
    texts.visitor.push('said while it was dead');
    await write(story, 'said while it was dead');
    server.start();
    await server.ready();
    texts.agent.push('I am still here');
    await answer(story, 'I am still here');
    await expectWhole(story, texts);
  }

  async function expectEvents({ shop }: Story, id: string, ...types: string[]) {
    const path = `/api/v1/conversations/${id}/events`;
    const read = async () => {
      const { items } = await shop.call<{ items: { type: string }[] }>('GET', path);
      return items.map(({ type }) => type);
    };
    await expect.poll(read).toEqual(expect.arrayContaining(types));
  }

  async function beEndedAndRate(story: Story) {
    const { frame, sari, session, inside, conversation } = story;
    await sari.peer.say('server/sessions/close', { sessionId: session.sessionId });
    await frame.getByText('This chat has ended.').waitFor();
    await expectAccessible(inside);
    await frame.locator('.star').nth(4).click();
    await frame.getByLabel('Would you like to tell us more?').fill('Quick and kind');
    await frame.getByRole('button', { name: 'Send rating' }).click();
    await frame.getByText('Thank you for your rating!').waitFor();
    // Nothing here sends mail, so it is not promised.
    expect(await frame.getByLabel('Send me this chat by e-mail').count()).toBe(0);
    const saving = story.page.waitForEvent('download');
    await frame.getByRole('button', { name: 'Save this chat' }).click();
    const file = await saving;
    expect(file.suggestedFilename()).toMatch(/^chat-\d{4}-\d\d-\d\d\.txt$/);
    const saved = await readFile(await file.path(), 'utf8');
    for (const text of await bubbles(story)) expect(saved).toContain(text);
    await expectAccessible(inside);
    await expectEvents(story, conversation.id, 'conversation.closed', 'conversation.rated');
  }

  async function endIt(story: Story) {
    const { frame, shop, inside } = story;
    await frame.getByRole('button', { name: 'Start a new chat' }).click();
    await write(story, 'One more thing');
    await frame.getByText('Sari Wijaya joined the chat.').waitFor();
    expect(await bubbles(story)).toEqual(['One more thing']);
    const { items } = await shop.call<{ items: { id: string }[] }>(
      'GET',
      '/api/v1/conversations?state=assigned',
    );
    await frame.getByRole('button', { name: 'End chat' }).click();
    await expectAccessible(inside);
    await frame.getByRole('dialog').getByRole('button', { name: 'End chat' }).click();
    await frame.getByText('This chat has ended.').waitFor();
    await expectEvents(story, items[0]?.id as string, 'conversation.closed');
  }

  test('from the queue to the rating, over a line that is dead for 30 s and a server that is killed', async () => {
    const shop = await startShop();
    const story = await waitInQueue(shop);
    await chat(story);
    await cutTheLine(story);
    await killTheServer(story);
    await beEndedAndRate(story);
    await endIt(story);
  }, 240_000);
});
