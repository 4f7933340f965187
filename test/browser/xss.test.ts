// Nothing that people type runs: published payloads as messages, names, attributes and tags, in both programs.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectWeb, type SessionAnswer } from '../makers/web-client.ts';
import { openPage as openOffice, signIn } from './browse-office.ts';
import { hasBrowser, openBrowser } from './launch-browser.ts';
import { openPage } from './open-browser.ts';
import { readPayloads, whichPayloads } from './read-payloads.ts';
import { serveHost } from './serve-host.ts';
import { startTestOffice } from './share-office.ts';
import type { Office } from './start-office.ts';
import { showCarelessly, watchExecution } from './watch-execution.ts';
import { startMarked } from './write-in-chat.ts';

const CONVERSATIONS = process.env.USHER_LONG_TESTS === '1' ? 20 : 5;
const AT_ONCE = 8;

describe.skipIf(!hasBrowser)(whichPayloads, () => {
  let browser: Browser;
  let office: Office;
  let payloads: string[];
  beforeAll(async () => {
    payloads = await readPayloads();
    browser = await openBrowser();
    office = await startTestOffice();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await office?.stop();
  });

  async function inTurns(count: number, act: (index: number) => Promise<unknown>) {
    let next = 0;
    const work = async () => {
      while (next < count) await act(next++);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  /** A visitor whose name, address, attributes and page are payloads. Answers the conversation's id. */
  async function begin(index: number): Promise<string> {
    const pick = (n: number) => payloads[(index * 7 + n) % payloads.length] as string;
    const customer = { name: pick(0), email: pick(1), avatarURL: pick(2), plan: pick(3) };
    const body = { customer, page: { url: pick(4), title: pick(5), referrer: pick(6) } };
    const response = await fetch(new URL('/session', office.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const session = (await response.json()) as SessionAnswer;
    const client = await connectWeb(session.mqtt);
    await client.listen(`${session.sessionTopic}/messages`);
    await client.say(`${session.sessionTopic}/server/messages`, { content: pick(0) });
    const heard = await client.hears(`${session.sessionTopic}/messages`);
    await client.close();
    return heard.sessionInfo.conversationId;
  }

  const say = (id: string, text: string) =>
    office.call('POST', `/api/v1/conversations/${id}/messages`, { text });
  const takeOver = (id: string) =>
    office.call('POST', `/api/v1/conversations/${id}/take-over`, { force: true });

  test('run where they are put into a page carelessly, so that this test could fail', {
    timeout: 180_000,
  }, async () => {
    const page = await openOffice(browser);
    const found = watchExecution(page);
    for (const payload of payloads) await showCarelessly(page, payload);
    expect(found.length).toBeGreaterThan(payloads.length / 30);
    await page.context().close();
  });

  test('are text in the back office', { timeout: 180_000 }, async () => {
    const ids: string[] = [];
    for (let index = 0; index < CONVERSATIONS; index += 1) ids.push(await begin(index));
    for (const id of ids) await takeOver(id);
    await inTurns(payloads.length, (index) =>
      say(ids[index % CONVERSATIONS] as string, payloads[index] as string),
    );
    await inTurns(CONVERSATIONS, async (index) => {
      const tags = payloads.slice(index * 3, index * 3 + 3).map((tag) => tag.slice(0, 100));
      await office.call('PATCH', `/api/v1/conversations/${ids[index]}`, { tags });
    });
    const page = await openOffice(browser);
    await signIn(page, office);
    const found = watchExecution(page);
    let shown = 0;
    for (const id of ids) {
      await page.goto(new URL(`/inbox/all/${id}`, office.url).href);
      await page.getByRole('group').first().waitFor();
      await page.waitForTimeout(300);
      shown += ((await page.locator('body').textContent()) ?? '').length;
    }
    expect(found).toEqual([]);
    expect(shown).toBeGreaterThan(CONVERSATIONS * 1000);
    await page.context().close();
  });

  test('are text in the visitor’s chat', { timeout: 180_000 }, async () => {
    const host = await serveHost(office.url);
    const { page } = await openPage(browser, host);
    const found = watchExecution(page);
    const { frame, id } = await startMarked(page, office);
    await takeOver(id);
    await inTurns(payloads.length, (index) => say(id, payloads[index] as string));
    await say(id, 'the end of it');
    await frame.getByText('the end of it').waitFor({ timeout: 60_000 });
    const shown = async () => ((await frame.locator('body').textContent()) ?? '').length;
    await expect.poll(shown).toBeGreaterThan(payloads.join('').length / 3);
    expect(found).toEqual([]);
  });
});
