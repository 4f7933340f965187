// What the widget offers beside a text: quick replies, files by drag, sounds, a count in the title; and all of it in Arabic.
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startWebChat } from '../../sandbox/webchat/start-web-chat.ts';
import { hasBrowser, openBrowser } from './launch-browser.ts';
import { expectAccessible, openPage } from './open-browser.ts';
import { shoot } from './shoot.ts';

describe.skipIf(!hasBrowser)('the widget', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  async function visit(
    options: { config?: object; boot?: object; width?: number; open?: boolean } = {},
  ) {
    const { config, boot = {}, width = 1280, open = true } = options;
    const chat = await startWebChat();
    onTestFinished(() => chat.stop());
    Object.assign(chat.config, config);
    chat.control.host = { boot: { ...boot } };
    const { page, complaints } = await openPage(browser, `${chat.url}/host`, { width });
    const launcher = page.locator('.launcher[data-online]');
    await launcher.waitFor();
    if (open) await launcher.click();
    return { chat, page, complaints, launcher, frame: page.frameLocator('iframe') };
  }

  const inFrame = (page: Page) => {
    const frame = page.frames().find((each) => each.url().includes('/widget/'));
    if (frame === undefined) throw new Error('There is no frame.');
    return frame;
  };
  const bubbles = (frame: FrameLocator) => frame.locator('.bubble').allTextContents();

  /** As a browser hands it over; the files are made in the page that gets them. */
  async function drop(page: Page, name: string, kind = 'drop') {
    await inFrame(page).evaluate(
      ({ name, kind }) => {
        const given = new DataTransfer();
        given.items.add(new File(['%PDF'], name, { type: 'application/pdf' }));
        const event = { bubbles: true, cancelable: true, dataTransfer: given };
        document.querySelector('main')?.dispatchEvent(new DragEvent(kind, event));
      },
      { name, kind },
    );
  }

  test('quick replies of the greeting, then of an agent: one press sends one, and the row is gone', async () => {
    const quickReplies = ['Where is my order?', 'I want to return something'];
    const { chat, frame, page, complaints } = await visit({ config: { quickReplies } });
    const row = frame.getByRole('group', { name: 'Suggested answers' });
    expect(await row.getByRole('button').allTextContents()).toEqual(quickReplies);
    await expectAccessible(inFrame(page));
    await shoot(page, 'widget-replies');
    await row.getByRole('button', { name: 'Where is my order?' }).press('Enter');
    await expect.poll(() => bubbles(frame)).toEqual(['Where is my order?']);
    await row.waitFor({ state: 'detached' });
    expect(
      await frame
        .getByRole('textbox', { name: 'Your message' })
        .evaluate((it) => it === document.activeElement),
    ).toBe(true);
    await frame.getByText('Looking for somebody').waitFor();
    chat.talks.accept();
    chat.talks.say('Which one?', [], ['The kettle', 'The cup']);
    await row.getByRole('button', { name: 'The cup' }).click();
    await expect
      .poll(() => bubbles(frame))
      .toEqual(['Where is my order?', 'Which one?', 'The cup']);
    await row.waitFor({ state: 'detached' });
    expect(chat.talks.talks[0]?.messages.at(-1)).toMatchObject({ content: 'The cup' });
    expect(complaints).toEqual([]);
  });

  test('a file that is dropped begins a conversation, says how far it is, and can be stopped', async () => {
    const { chat, frame, page } = await visit();
    await frame.getByRole('textbox', { name: 'Your message' }).waitFor();
    await drop(page, 'bill.pdf', 'dragover');
    await frame.getByText('Drop files here').waitFor();
    chat.control.holdUploads = true;
    await drop(page, 'bill.pdf');
    await frame.getByText('Drop files here').waitFor({ state: 'detached' });
    await frame.getByRole('progressbar', { name: /bill\.pdf, \d+% uploaded/ }).waitFor();
    await expectAccessible(inFrame(page));
    await shoot(page, 'widget-upload');
    await frame.getByRole('button', { name: 'Stop uploading bill.pdf' }).click();
    await expect.poll(() => bubbles(frame)).toEqual([]);
    chat.control.holdUploads = false;
    await drop(page, 'second.pdf');
    await frame.getByRole('link', { name: /second\.pdf/ }).waitFor();
    expect(chat.talks.talks[0]?.messages).toMatchObject([
      { attachments: [{ name: 'second.pdf' }] },
    ]);
  });

  test('while a form must be filled in, a file that is dropped goes nowhere and the chat stays', async () => {
    const { frame, page } = await visit({ config: { presence: { state: 'away' } } });
    await frame.getByLabel('E-mail address').fill('budi@example.com');
    await drop(page, 'bill.pdf', 'dragover');
    await drop(page, 'bill.pdf');
    expect(await frame.getByText('Drop files here').count()).toBe(0);
    expect(await frame.getByLabel('E-mail address').inputValue()).toBe('budi@example.com');
  });

  test('what a signed-in visitor answers before the chat reaches the server with the first message', async () => {
    const fields = [{ name: 'order', label: 'Order number', required: true }];
    const { chat, frame, page } = await visit({
      config: { preChat: { enabled: true, fields } },
      boot: { customer: { id: '42', name: 'Budi', identityHash: 'ab' } },
    });
    // The open chat has looked out for the customer's conversations already.
    const sessions = () => chat.talks.told.filter(([what]) => what === 'session');
    await expect.poll(() => sessions().length).toBe(1);
    await frame.getByLabel('Order number').fill('17');
    await frame.getByRole('button', { name: 'Start chat' }).click();
    await frame.getByRole('textbox', { name: 'Your message' }).fill('Hello');
    await page.keyboard.press('Enter');
    await frame.getByText('Looking for somebody').waitFor();
    expect(sessions().at(-1)?.[1]).toMatchObject({ customer: { id: '42', order: '17' } });
  });

  test('the title of the page counts what is unread, also after the page has changed it', async () => {
    const { chat, frame, page, launcher } = await visit();
    await frame.getByRole('textbox', { name: 'Your message' }).fill('Hello');
    await page.keyboard.press('Enter');
    await frame.getByText('Looking for somebody').waitFor();
    chat.talks.accept();
    await page.keyboard.press('Escape');
    await page.locator('.launcher[aria-expanded=false]').waitFor();
    chat.talks.say('Are you there?');
    await expect.poll(() => page.title()).toBe('(1) A shop');
    await page.evaluate(`document.title = 'The basket'`);
    await expect.poll(() => page.title()).toBe('(1) The basket');
    chat.talks.say('Hello?');
    await expect.poll(() => page.title()).toBe('(2) The basket');
    await launcher.click();
    await expect.poll(() => page.title()).toBe('The basket');
  });

  test('a page that wants its title left alone keeps it', async () => {
    const { chat, frame, page } = await visit({ boot: { unreadInTitle: false } });
    await frame.getByRole('textbox', { name: 'Your message' }).fill('Hello');
    await page.keyboard.press('Enter');
    await frame.getByText('Looking for somebody').waitFor();
    chat.talks.accept();
    await page.keyboard.press('Escape');
    await page.locator('.launcher[aria-expanded=false]').waitFor();
    chat.talks.say('Are you there?');
    await page.locator('.badge', { hasText: '1' }).waitFor();
    expect(await page.title()).toBe('A shop');
  });

  test('the sound is chosen by keyboard, heard as it is chosen, and kept for the next visit', async () => {
    const { frame, page, chat, complaints } = await visit();
    const open = frame.getByRole('button', { name: 'Choose a sound' });
    await open.press('Enter');
    const dialog = frame.getByRole('dialog', { name: 'Sound of new messages' });
    expect(await dialog.getByRole('radio', { name: 'Two notes' }).isChecked()).toBe(true);
    await inFrame(page).evaluate(`window.tones = 0;
      const create = AudioContext.prototype.createOscillator;
      AudioContext.prototype.createOscillator = function () { window.tones += 1; return create.call(this); };`);
    await dialog.getByRole('radio', { name: 'Two notes' }).focus();
    await page.keyboard.press('ArrowDown');
    expect(await dialog.getByRole('radio', { name: 'Bell' }).isChecked()).toBe(true);
    await expect.poll(() => inFrame(page).evaluate('window.tones')).toBe(2);
    await expectAccessible(inFrame(page));
    await shoot(page, 'widget-sound');
    await dialog.getByRole('radio', { name: 'No sound' }).check();
    await page.keyboard.press('Escape');
    await frame.getByRole('button', { name: 'Sound is off. Choose a sound' }).waitFor();
    await page.goto(`${chat.url}/host`);
    await page.locator('.launcher[data-online]').click();
    await frame.getByRole('button', { name: 'Sound is off. Choose a sound' }).waitFor();
    expect(complaints).toEqual([]);
  });

  test.each([
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ])('in Arabic it is read from the right, at %i px, in %s', async (width, theme) => {
    const { chat, frame, page, complaints } = await visit({
      boot: { locale: 'ar-EG', theme },
      width,
      config: { quickReplies: ['أين طلبي؟', 'Refund'] },
    });
    const area = frame.getByRole('textbox', { name: 'رسالتك' });
    await area.waitFor();
    expect(await inFrame(page).evaluate('document.documentElement.dir')).toBe('rtl');
    await expectAccessible(inFrame(page));
    await frame.getByRole('button', { name: 'أين طلبي؟' }).click();
    await frame.getByText('ترتيبك في الدور هو ٣.').waitFor();
    chat.talks.accept();
    chat.talks.say('Order #17 is on its way.', [], ['شكرًا']);
    const theirs = frame.locator('.bubble', { hasText: 'Order #17' });
    await theirs.waitFor();
    // A text of the other direction is read in its own.
    expect(await theirs.evaluate((it) => getComputedStyle(it).direction)).toBe('ltr');
    const sides = async () => {
      const mine = await frame.locator('.bubble', { hasText: 'أين طلبي؟' }).boundingBox();
      const other = await theirs.boundingBox();
      return (mine?.x ?? 0) < (other?.x ?? 0);
    };
    expect(await sides()).toBe(true);
    await expectAccessible(inFrame(page));
    await shoot(page, `widget-arabic-${width}-${theme}`);
    chat.talks.close();
    await frame.getByText('انتهت هذه المحادثة.').waitFor();
    await frame.locator('.star').nth(3).click();
    await expectAccessible(inFrame(page));
    await shoot(page, `widget-arabic-ended-${width}-${theme}`);
    const reach = await inFrame(page).evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(reach).toBe(0);
    expect(complaints).toEqual([]);
  });
});
