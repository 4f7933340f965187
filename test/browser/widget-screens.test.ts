// The widget as a visitor sees it, on a page with the strictest policy; the server's part is played.
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startWebChat, type WebChat } from '../../sandbox/webchat/start-web-chat.ts';
import { hasBrowser, openBrowser } from './launch-browser.ts';
import { expectAccessible, openPage } from './open-browser.ts';

describe.skipIf(!hasBrowser)('the widget', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  async function visit(
    options: {
      boot?: object;
      script?: string;
      config?: object;
      open?: boolean;
      width?: number;
    } = {},
  ) {
    const chat = await startWebChat();
    onTestFinished(() => chat.stop());
    Object.assign(chat.config, options.config);
    const { boot = {}, script = '', width = 1280 } = options;
    chat.control.host = { boot: { ...boot }, script };
    const { page, complaints } = await openPage(browser, `${chat.url}/host`, { width });
    const launcher = page.locator('.launcher[data-online]');
    await launcher.waitFor();
    if (options.open !== false) await launcher.click();
    return { chat, page, complaints, launcher, frame: page.frameLocator('iframe') };
  }

  const composer = (frame: FrameLocator) => frame.getByRole('textbox', { name: 'Your message' });

  async function say(frame: FrameLocator, text: string) {
    await composer(frame).fill(text);
    await composer(frame).press('Enter');
  }

  async function converse(options: Parameters<typeof visit>[0] = {}) {
    const visited = await visit(options);
    await say(visited.frame, 'Hello');
    await visited.frame.getByText('Looking for somebody').waitFor();
    visited.chat.talks.accept();
    await visited.frame.getByText('Sari Wijaya joined the chat.').waitFor();
    return visited;
  }

  const bubbles = (frame: FrameLocator) => frame.locator('.bubble').allTextContents();
  const told = ({ talks }: WebChat, topic: string) =>
    talks.told.filter(([name]) => String(name).endsWith(topic)).map(([, body]) => body);
  const inFrame = (page: Page) => {
    const frame = page.frames().find((each) => each.url().includes('/widget/'));
    if (frame === undefined) throw new Error('There is no frame.');
    return frame;
  };

  test('a whole conversation: queue, agent, ticks, end, rating, transcript, a new one', async () => {
    const { chat, frame, page, complaints } = await converse();
    chat.talks.say('Good morning! See https://example.com/help.');
    await frame.getByRole('link', { name: 'https://example.com/help' }).waitFor();
    await expect.poll(() => told(chat, '/server/viewed').at(-1)).toEqual({ upToSeq: 2 });
    expect(await frame.locator('.tick').getAttribute('title')).toBe('Delivered');
    chat.talks.read();
    await frame.locator('.tick[title=Read]').waitFor();
    chat.talks.type(true);
    await frame.getByText('Sari Wijaya is typing').waitFor();
    await expectAccessible(inFrame(page));
    await frame.getByRole('button', { name: 'End chat' }).click();
    await frame.getByRole('dialog').getByRole('button', { name: 'End chat' }).click();
    await frame.getByText('This chat has ended.').waitFor();
    await frame.locator('.star').nth(3).click();
    await frame.getByLabel('Would you like to tell us more?').fill('Quick and kind');
    await expectAccessible(inFrame(page));
    await frame.getByRole('button', { name: 'Send rating' }).click();
    await frame.getByText('Thank you for your rating!').waitFor();
    expect(told(chat, 'rating')).toEqual([{ score: 4, comment: 'Quick and kind' }]);
    await frame.getByLabel('Send me this chat by e-mail').fill('budi@example.com');
    await frame.getByRole('button', { name: 'Send', exact: true }).click();
    await frame.getByText('Asked for. It will be sent to budi@example.com.').waitFor();
    await frame.getByRole('button', { name: 'Start a new chat' }).click();
    await composer(frame).waitFor();
    expect(await bubbles(frame)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('what people write stays text', async () => {
    const { chat, frame, page } = await converse();
    const text = '<img src=x onerror="parent.postMessage(1)"> & <b>bold</b>';
    chat.talks.say(text);
    await frame.getByText('<b>bold</b>').waitFor();
    expect(await bubbles(frame)).toEqual(['Hello', text]);
    expect(await inFrame(page).locator('.bubble b, .bubble img').count()).toBe(0);
  });

  test('after a cut nothing is lost, twice or out of order, in either direction', async () => {
    const { chat, frame } = await converse();
    chat.control.up = false;
    chat.cut();
    await frame.getByText('Connection lost').waitFor();
    for (const text of ['one', 'two', 'three']) await say(frame, text);
    for (const text of ['four', 'five']) chat.talks.say(text);
    chat.control.up = true;
    const expected = ['Hello', 'four', 'five', 'one', 'two', 'three'];
    await expect.poll(() => bubbles(frame), { timeout: 10_000 }).toEqual(expected);
    await expect.poll(() => frame.locator('.tick[title=Sending]').count()).toBe(0);
    expect(chat.talks.talks[0]?.messages.map(({ content }) => content)).toEqual(expected);
  });

  test('a message that the server lost is sent again with the same id', async () => {
    const { chat, frame } = await converse();
    chat.talks.script.lose = true;
    await say(frame, 'Is it there?');
    await expect.poll(() => told(chat, '/server/messages').length).toBe(2);
    chat.talks.script.lose = false;
    await expect.poll(() => told(chat, '/server/messages').length, { timeout: 20_000 }).toBe(3);
    const [, first, second] = told(chat, '/server/messages') as { clientMessageId: string }[];
    expect(second?.clientMessageId).toBe(first?.clientMessageId);
    await expect.poll(() => frame.locator('.tick[title=Sending]').count()).toBe(0);
    expect(await bubbles(frame)).toEqual(['Hello', 'Is it there?']);
  }, 40_000);

  test('a hole in the numbers is filled without being asked', async () => {
    const { chat, frame } = await converse();
    chat.talks.script.mute = true;
    chat.talks.say('unheard');
    chat.talks.script.mute = false;
    chat.talks.say('heard');
    await expect.poll(() => bubbles(frame)).toEqual(['Hello', 'unheard', 'heard']);
  });

  test('a conversation that is open already is joined, with all its messages', async () => {
    const { chat, frame, page } = await converse();
    chat.talks.script.join = true;
    await inFrame(page).evaluate(() => localStorage.clear());
    await page.reload();
    await page.locator('.launcher[data-online]').click();
    await say(frame, 'Hello again');
    await expect.poll(() => bubbles(frame)).toEqual(['Hello', 'Hello again']);
    expect(chat.talks.talks[0]?.messages).toHaveLength(2);
  });

  test('a reload goes on where it was, and marks unread what came meanwhile', async () => {
    const { chat, frame, page, launcher } = await converse();
    await page.goto('about:blank');
    chat.talks.say('Are you there?');
    await page.goto(`${chat.url}/host`);
    await page.locator('.badge', { hasText: '1' }).waitFor();
    expect(await launcher.getAttribute('aria-label')).toBe(
      'Open chat, 1 unread message. We are online',
    );
    await launcher.click();
    await expect.poll(() => bubbles(frame)).toEqual(['Hello', 'Are you there?']);
    await page.locator('.badge').waitFor({ state: 'hidden' });
  });

  test('files: progress to the end, a refusal with retry, too large at once', async () => {
    const { chat, frame } = await converse({ config: { attachments: { maxBytes: 1000 } } });
    const give = (name: string, size: number) =>
      frame
        .locator('input[type=file]')
        .setInputFiles([{ name, mimeType: 'application/pdf', buffer: Buffer.alloc(size) }]);
    await give('large.pdf', 1001);
    await frame.getByText('The file is larger than 1 KB.').waitFor();
    await frame.getByRole('button', { name: 'Discard' }).click();
    chat.control.refuseUploads = 500;
    await give('bill.pdf', 900);
    await frame.getByText('The file could not be uploaded.').waitFor();
    chat.control.refuseUploads = null;
    await frame.getByRole('button', { name: 'Try again' }).click();
    await frame.getByRole('link', { name: /bill\.pdf/ }).waitFor();
    await expect
      .poll(() => chat.talks.talks[0]?.messages.at(-1))
      .toMatchObject({ attachments: [{ name: 'bill.pdf' }] });
  });

  test('the form before the chat is asked for once, and said what is wrong with it', async () => {
    const fields = [
      { name: 'name', label: '', required: true },
      { name: 'email', label: '', required: true },
    ];
    const { chat, frame, page } = await visit({ config: { preChat: { enabled: true, fields } } });
    await frame.getByLabel('E-mail address').fill('budi');
    await frame.getByRole('button', { name: 'Start chat' }).click();
    await frame.getByText('Please fill in this field.').waitFor();
    await frame.getByText('This does not look like an e-mail address.').waitFor();
    await expectAccessible(inFrame(page));
    await frame.getByLabel('Name').fill('Budi');
    await frame.getByLabel('E-mail address').fill('budi@example.com');
    await frame.getByRole('button', { name: 'Start chat' }).click();
    await say(frame, 'Hello');
    await frame.getByText('Looking for somebody').waitFor();
    expect(chat.talks.talks[0]?.name).toBe('Budi');
    chat.talks.close();
    await frame.getByRole('button', { name: 'Start a new chat' }).click();
    await composer(frame).waitFor();
  });

  test('while nobody is there, a message can be left', async () => {
    const { chat, frame, page, launcher } = await visit({
      config: { presence: { state: 'away' } },
    });
    expect(await launcher.getAttribute('data-online')).toBe('false');
    await frame.getByLabel('E-mail address').fill('budi@example.com');
    await frame.getByLabel('Message').fill('Please call me.');
    await expectAccessible(inFrame(page));
    await frame.getByRole('button', { name: 'Send message' }).click();
    await frame.getByText('Thank you! We have your message').waitFor();
    expect(chat.talks.talks[0]?.messages).toMatchObject([{ content: 'Please call me.' }]);
  });

  test('the keyboard alone: Escape minimises, and the launcher has the focus again', async () => {
    const { page, frame, launcher } = await visit({ open: false });
    await launcher.focus();
    await page.keyboard.press('Enter');
    await expect
      .poll(() => composer(frame).evaluate((it) => it === document.activeElement))
      .toBe(true);
    expect(await launcher.getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('Escape');
    await expect.poll(() => launcher.getAttribute('aria-expanded')).toBe('false');
    expect(
      await launcher.evaluate((it) => (it.getRootNode() as ShadowRoot).activeElement === it),
    ).toBe(true);
  });

  test('on a small screen it fills the screen, and Tab goes round in it', async () => {
    const { page, frame, launcher } = await visit({ width: 390 });
    await launcher.waitFor({ state: 'hidden' });
    const whole = { x: 0, y: 0, width: 390, height: 800 };
    await expect.poll(() => page.locator('iframe').boundingBox()).toEqual(whole);
    const minimise = frame.getByRole('button', { name: 'Minimise chat' });
    // It takes the focus when it opens: what is focused before that loses it again.
    await expect
      .poll(() => composer(frame).evaluate((it) => it === document.activeElement))
      .toBe(true);
    await frame.getByRole('button', { name: 'Choose a sound' }).focus();
    await page.keyboard.press('Shift+Tab');
    expect(await composer(frame).evaluate((it) => it === document.activeElement)).toBe(true);
    await minimise.click();
    await launcher.waitFor();
  });

  test('the page’s own calls: open, on, identify, locale, reset', async () => {
    const script = `window.seen=[];for(const name of ['ready','open','close','started','message'])Usher('on',name,(detail)=>seen.push([name,detail]));Usher('open');Usher('identify',{id:'42',name:'Budi'});Usher('locale','pt-BR')`;
    const { chat, page, frame } = await visit({ script, open: false });
    const area = frame.getByRole('textbox', { name: 'Sua mensagem' });
    await area.fill('Oi');
    await area.press('Enter');
    await expect.poll(() => chat.talks.talks[0]?.name).toBe('Budi');
    const seen = () => page.evaluate('seen') as Promise<[string, unknown][]>;
    await expect
      .poll(async () => (await seen()).map(([name]) => name))
      .toEqual(['open', 'ready', 'started', 'message']);
    // That something came, and not what.
    expect((await seen()).at(-1)?.[1]).toEqual({
      id: expect.any(String),
      from: 'customer',
      at: expect.any(Number),
    });
    await page.evaluate(`Usher('reset')`);
    await area.waitFor();
    await expect.poll(() => told(chat, 'forget')).toHaveLength(1);
  });

  test('a page that was written for Chatwoot goes on working', async () => {
    const script = `window.chatwootSettings={position:'left',locale:'id'};window.ready=0;addEventListener('chatwoot:ready',()=>{ready++;$chatwoot.setUser('42',{name:'Budi',identifier_hash:'ab'});$chatwoot.toggle('open')})`;
    const chat = await startWebChat();
    onTestFinished(() => chat.stop());
    chat.control.host = { without: true, script };
    const { page } = await openPage(browser, `${chat.url}/host`);
    await page.waitForFunction('window.chatwootSDK');
    await page.evaluate(
      `chatwootSDK.run({websiteToken:'0b1f6c1e-9a9f-4f0e-8a64-0e5d8a3f2a11',baseUrl:'${chat.url}'})`,
    );
    await page.frameLocator('iframe').getByRole('textbox', { name: 'Pesan Anda' }).waitFor();
    expect((await page.locator('.launcher').boundingBox())?.x).toBe(20);
    expect(await page.evaluate('ready')).toBe(1);
  });

  test('only Usher’s frame is listened to, and the frame only to its page', async () => {
    const { page, frame, launcher } = await visit({ open: false });
    await page.evaluate(
      `postMessage({usher:'event',name:'open'},'*');postMessage({usher:'look',look:{unread:7}},'*')`,
    );
    await inFrame(page).evaluate(`postMessage({usher:'locale',locale:'ko'},'*')`);
    await launcher.click();
    await composer(frame).waitFor();
    expect(await page.locator('.badge').isVisible()).toBe(false);
  });
});
