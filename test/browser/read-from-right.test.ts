// The office is ready to be read from the right: turned round, no screen is wider than its window, and axe finds nothing serious.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { settle, signIn } from './browse-office.ts';
import { screens } from './every-screen.ts';
import { hasBrowser } from './launch-browser.ts';
import { expectAccessible } from './open-browser.ts';
import { shareFilledOffice } from './share-office.ts';
import { shoot } from './shoot.ts';

const shared = shareFilledOffice();

/** As in a language that is written from the right, which the office does not speak yet. */
async function turnRound(page: Page): Promise<void> {
  await page.evaluate(`document.documentElement.dir = 'rtl'`);
  await settle(page);
}

const MARGIN = 1;
const overhang = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

test.skipIf(!hasBrowser).each([1280, 390])(
  'every screen turned round at %i px',
  { timeout: 300_000 },
  async (width) => {
    const page = await shared.open(null, { width });
    await signIn(page, shared.office());
    const faults: string[] = [];
    for (const { name, path } of [...screens, { name: 'conversation', path: '/inbox/mine' }]) {
      await page.goto(shared.at(path));
      // On a phone the list of conversations is a page of its own, without a main part.
      await page.locator('main:visible, [role="list"]:visible').first().waitFor();
      await settle(page);
      if (name === 'conversation') {
        await page.getByRole('listitem').first().click();
        await page.getByRole('log').waitFor();
      }
      await turnRound(page);
      await shoot(page, `rtl-${name}-${width}`);
      if (Number(await overhang(page)) > MARGIN) faults.push(`${name} is wider than its window`);
      await expectAccessible(page).catch((error: Error) => {
        faults.push(`${name}: ${error.message.slice(0, 400)}`);
      });
    }
    expect(faults).toEqual([]);
  },
);

test.skipIf(!hasBrowser)(
  'turned round, the navigation stands at the right and names begin there',
  async () => {
    const page = await shared.openAsAdmin('/settings/tags');
    const middle = async (name: 'navigation' | 'main') => {
      const box = await page.getByRole(name).first().boundingBox();
      return (box?.x ?? 0) + (box?.width ?? 0) / 2;
    };
    expect(await middle('navigation')).toBeLessThan(await middle('main'));
    await turnRound(page);
    expect(await middle('navigation')).toBeGreaterThan(await middle('main'));
    const head = page.getByRole('columnheader').first();
    expect(await head.evaluate((it) => getComputedStyle(it).textAlign)).toBe('start');
  },
);

test.skipIf(!hasBrowser)(
  'an Arabic message is read from the right in an English office, and begins at the right',
  async () => {
    const { call } = shared.office();
    const page = await shared.openAsAdmin('/inbox/all');
    const { items } = await call<{ items: { id: string; agentId: string | null }[] }>(
      'GET',
      '/api/v1/conversations?state=assigned&limit=50',
    );
    const [first] = items;
    // Only whoever has it may write.
    await call('POST', `/api/v1/conversations/${first?.id}/take-over`, { force: true });
    const text = 'مرحبًا Budi، وصل الطلب!';
    await call('POST', `/api/v1/conversations/${first?.id}/messages`, { text });
    await page.goto(shared.at(`/inbox/all/${first?.id}`));
    const bubble = page.getByRole('log').getByText(text);
    await bubble.waitFor();
    // The exclamation mark ends the sentence, so it stands at the left end of the line.
    const { mark, word } = await bubble.evaluate((it) => {
      const node = it.firstChild as Text;
      const at = (index: number) => {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + 1);
        return range.getBoundingClientRect().x;
      };
      return { mark: at(node.data.length - 1), word: at(0) };
    });
    expect(mark).toBeLessThan(word);
  },
);
