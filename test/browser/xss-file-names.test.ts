// Nothing that a file is called runs: published payloads as names of files, in both programs.

import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPage as openOffice, signIn } from './browse-office.ts';
import { hasBrowser, openBrowser } from './launch-browser.ts';
import { openPage } from './open-browser.ts';
import { readPayloads, whichPayloads } from './read-payloads.ts';
import { serveHost } from './serve-host.ts';
import { startTestOffice } from './share-office.ts';
import type { Office } from './start-office.ts';
import { showCarelessly, watchExecution } from './watch-execution.ts';
import { startMarked } from './write-in-chat.ts';

const FILES_IN_A_MESSAGE = 10;
const PICKED_AT_ONCE = 100;
const AT_ONCE = 8;

describe.skipIf(!hasBrowser)(whichPayloads, () => {
  let browser: Browser;
  let office: Office;
  let payloads: string[];
  let token: string;
  beforeAll(async () => {
    payloads = await readPayloads();
    browser = await openBrowser();
    office = await startTestOffice();
    const wish = { name: 'Files', role: 'admin' };
    ({ token } = await office.call<{ token: string }>('POST', '/api/v1/tokens', wish));
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await office?.stop();
  });

  interface Uploaded {
    id: string;
    name: string;
  }

  async function upload(name: string, content: Uint8Array | string): Promise<Uploaded> {
    const form = new FormData();
    form.append('file', new Blob([content as Buffer<ArrayBuffer>]), name);
    const answer = await fetch(new URL('/api/v1/attachments', office.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: form,
    });
    if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Uploaded;
  }

  const say = (id: string, text: string) =>
    office.call<{ id: string }>('POST', `/api/v1/conversations/${id}/messages`, { text });

  test('run where a careless page shows them as the name of a file, so that this test could fail', {
    timeout: 180_000,
  }, async () => {
    const page = await openOffice(browser);
    const found = watchExecution(page);
    for (const name of payloads) {
      await showCarelessly(page, `<a download="${name}"><img alt="${name}">${name}</a>`);
    }
    expect(found.length).toBeGreaterThan(20);
    await page.context().close();
  });

  test('are no names any more once a file has been uploaded', { timeout: 120_000 }, async () => {
    let next = 0;
    const names = new Set<string>();
    const work = async () => {
      while (next < payloads.length)
        names.add((await upload(payloads[next++] as string, '42')).name);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    expect([...names].filter((name) => !/^[\p{L}\p{N}._-]{1,110}$/u.test(name))).toEqual([]);
  });

  test('are text where a file is called so all the same', { timeout: 240_000 }, async () => {
    const { page } = await openPage(browser, await serveHost(office.url));
    const found = watchExecution(page);
    const { frame, id } = await startMarked(page, office);
    // All are too large: each stands there under the name that it has on the visitor's disk.
    await page.route('**/widget/config*', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ json: { ...(await response.json()), attachments: { maxBytes: 1 } } });
    });
    await page.reload();
    await page.locator('.launcher[data-online]').click();
    await frame.getByText('a mark that nobody else says').waitFor();
    for (let at = 0; at < payloads.length; at += PICKED_AT_ONCE) {
      const files = payloads.slice(at, at + PICKED_AT_ONCE).map((name) => ({
        name,
        mimeType: 'text/plain',
        buffer: Buffer.from('42'),
      }));
      await frame.locator('input[type=file]').setInputFiles(files);
      const failed = frame.getByText('The file is larger than');
      await expect.poll(() => failed.count(), { timeout: 20_000 }).toBe(files.length);
      const called = await frame.locator('.file-name').allTextContents();
      expect(called).toEqual(files.map(({ name }) => name));
      await frame.locator('body').evaluate((body) => {
        for (const each of body.querySelectorAll<HTMLElement>('.failure button:last-child'))
          each.click();
      });
      await expect.poll(() => failed.count()).toBe(0);
    }
    await page.unroute('**/widget/config*');

    const pixels = sharp({ create: { width: 8, height: 8, channels: 3, background: '#8a5a2b' } });
    const picture = await upload('picture.png', await pixels.png().toBuffer());
    const url = `/api/v1/attachments/${picture.id}/${picture.name}`;
    await office.call('POST', `/api/v1/conversations/${id}/take-over`, { force: true });
    // As another system could name them, of which some are shown as pictures.
    for (let at = 0; at < payloads.length; at += FILES_IN_A_MESSAGE) {
      const files = payloads.slice(at, at + FILES_IN_A_MESSAGE).map((name, index) => ({
        id: crypto.randomUUID(),
        type: index % 3 === 0 ? 'image/png' : 'application/pdf',
        size: 42,
        name,
        url: `${url}?${at + index}`,
      }));
      const message = await say(id, `files from ${at}`);
      const values = [JSON.stringify(files), message.id];
      await office.pool.query('update message set attachments = $1 where message_id = $2', values);
    }
    await say(id, 'the end of it');

    await page.reload();
    await page.locator('.launcher').click();
    await frame.getByText('the end of it').waitFor({ timeout: 60_000 });
    const shown = await frame.locator('.file-name').allTextContents();
    const alts = await frame
      .locator('.picture img')
      .evaluateAll((all) => all.map((it) => (it as HTMLImageElement).alt));
    expect(shown.length + alts.length).toBe(payloads.length);
    const isShown = new Set([...shown, ...alts.map((alt) => alt.slice('Open '.length))]);
    expect(payloads.filter((name) => !isShown.has(name))).toEqual([]);

    expect(found).toEqual([]);
    await page.context().close();

    const desk = await openOffice(browser);
    await signIn(desk, office);
    const ran = watchExecution(desk);
    await desk.goto(new URL(`/inbox/all/${id}`, office.url).href);
    const log = desk.getByRole('log');
    await desk.getByText('the end of it').last().waitFor();
    const seen = new Set<string>();
    const isThere = async () => {
      for (const name of await log.evaluate(readNames)) seen.add(name);
      await log.evaluate((it) => it.scrollBy(0, -it.clientHeight * 0.8));
      return payloads.filter((name) => !seen.has(name)).length;
    };
    await expect.poll(isThere, { timeout: 90_000, interval: 60 }).toBe(0);
    expect(ran).toEqual([]);
    await desk.context().close();
  });
});

/** In the browser: what the files of the messages in sight are called. */
function readNames(log: Element): string[] {
  const links = [...log.querySelectorAll('a[target=_blank]')];
  return links.map((link) => link.querySelector('img')?.alt ?? link.textContent ?? '');
}
