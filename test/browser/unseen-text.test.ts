// Names and messages that turn round what stands beside them, or of which nothing can be seen, as people are shown them.
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { startTestUsher } from '../makers/start-test-usher.ts';
import { connectVisitor } from '../makers/web-client.ts';
import { openPage as openOffice, signIn } from './browse-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { openPage } from './open-browser.ts';
import { serveHost } from './serve-host.ts';
import { shareBrowser } from './share-office.ts';
import { ADMIN } from './start-office.ts';
import { openChat, writeInChat } from './write-in-chat.ts';

const TURN = '\u202e';
const UNSEEN = '\u200b\u2060\ufeff';

/** What stands on the page or frame, its hints and labels too, that could turn round what stands beside it. */
function findTurns(where: Pick<Page, 'evaluate'>): Promise<string[]> {
  return where.evaluate(() => {
    const turns = /[\u202a-\u202e\u2066\u2067]/;
    const found = [document.title];
    for (const one of document.querySelectorAll('*')) {
      for (const name of ['title', 'aria-label', 'placeholder', 'alt']) {
        found.push(one.getAttribute(name) ?? '');
      }
    }
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { textContent, parentElement } = texts.currentNode;
      const style = parentElement && getComputedStyle(parentElement);
      const isApart = style?.unicodeBidi === 'isolate' || style?.display !== 'inline';
      const isAlone = parentElement?.childNodes.length === 1;
      if (!isApart || !isAlone) found.push(textContent ?? '');
    }
    return found.filter((text) => turns.test(text));
  });
}

describe.skipIf(!hasBrowser)('a stranger', () => {
  const browser = shareBrowser();

  test('turns nothing round on any screen, and cannot be there unseen', {
    timeout: 180_000,
  }, async () => {
    const usher = await startTestUsher({
      USHER_ADMIN_EMAIL: ADMIN.email,
      USHER_ADMIN_PASSWORD: ADMIN.password,
    });
    const turned = await connectVisitor(usher, {
      customer: { name: `Budi${TURN}idub`, page: 'x' },
    });
    const unseen = await connectVisitor(usher, { customer: { name: UNSEEN } });
    for (const { say, session } of [turned, unseen]) {
      await say(`${session.sessionTopic}/server/messages`, { content: `bill${TURN}llib` });
      await say(`${session.sessionTopic}/server/messages`, { content: UNSEEN });
    }
    await expect.poll(async () => (await usher.conversations()).length).toBe(2);
    const [one] = (await usher.conversations()).filter(({ contact }) =>
      contact.name?.startsWith('Budi'),
    );
    // What was said stays as it was said.
    expect(one?.contact).toMatchObject({ name: `Budi${TURN}idub`, displayName: 'Budiidub' });
    const at = `/api/v1/conversations/${one?.id}`;
    await usher.call('PATCH', at, { body: { tags: [`red${TURN}der`] } });

    const page = await openOffice(browser());
    await signIn(page, usher as never);
    await page.goto(new URL(`/inbox/all/${one?.id}`, usher.url).href);
    await page.getByRole('heading', { name: 'Budiidub', level: 1 }).waitFor();
    const log = page.getByRole('log');
    await log.getByText('billllib', { exact: true }).waitFor();
    await log.getByText('Empty message', { exact: true }).waitFor();
    const rows = await page.getByRole('listitem').allTextContents();
    expect(rows.map((row) => /Budiidub|[A-Z][a-z]+ [A-Z][a-z]+ \d+/.test(row))).toEqual([
      true,
      true,
    ]);
    for (const row of rows) expect(row).toContain('Empty message');
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').fill('bill');
    await page.getByRole('dialog').getByText('Budiidub').first().waitFor();
    expect(await findTurns(page)).toEqual([]);
  });

  test('is shown an agent’s name and words as they read', { timeout: 180_000 }, async () => {
    const usher = await startTestUsher();
    const body = { name: `Sari${TURN}iras`, capacity: 3 };
    const agent = (await usher.call('POST', '/api/v1/agents', { body })).body as { id: string };
    await usher.call('PATCH', `/api/v1/agents/${agent.id}`, {
      body: { availability: 'online', leaseSeconds: 3600 },
    });
    const { page } = await openPage(browser(), await serveHost(usher.url));
    const frame = await openChat(page);
    await writeInChat(page, 'hello');
    await frame.getByText('Sariiras joined').waitFor();
    expect(await frame.getByRole('heading').first().textContent()).toBe('Sariiras');
    const [conversation] = await usher.conversations();
    const path = `/api/v1/conversations/${conversation?.id}/messages`;
    for (const text of [`see https://example.com/${TURN}moc.knab`, UNSEEN]) {
      expect((await usher.call('POST', path, { body: { text } })).status).toBe(201);
    }
    await frame.getByRole('link', { name: 'https://example.com/moc.knab' }).waitFor();
    await frame.getByText('Empty message').waitFor();
    const area = frame.getByRole('textbox', { name: 'Your message' });
    const send = frame.getByRole('button', { name: 'Send', exact: true });
    await area.fill(UNSEEN);
    expect(await send.isDisabled()).toBe(true);
    await area.fill(`${UNSEEN}.`);
    expect(await send.isDisabled()).toBe(false);
    const inside = page.frames().find((each) => each.url().includes('/widget/'));
    if (inside === undefined) throw new Error('There is no frame.');
    expect(await findTurns(inside)).toEqual([]);
  });
});
