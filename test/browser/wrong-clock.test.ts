// Computers whose clock is a day off, or is set while somebody works: what they show and count is as on any other.
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { signIn } from './browse-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { serveHost } from './serve-host.ts';
import { shareOffice, startTestOffice } from './share-office.ts';
import { openChat, readBubbles, writeInChat } from './write-in-chat.ts';

const HOUR_MS = 3_600_000;
const shared = shareOffice(() => startTestOffice());

/** Every page and frame of it then has a clock that is off, and can be set. */
async function setClock(context: BrowserContext, hours: number): Promise<void> {
  await context.addInitScript(`{
    const Real = Date;
    let shift = ${hours * HOUR_MS};
    window.setClock = (hours) => { shift = hours * ${HOUR_MS}; };
    window.Date = class extends Real {
      constructor(...given) {
        if (given.length > 0) super(...given);
        else super(Real.now() + shift);
      }
      static now() { return Real.now() + shift; }
    };
  }`);
}

const jump = (where: Page | Frame, hours: number) => where.evaluate(`setClock(${hours})`);

async function visit(hours: number): Promise<{ page: Page; frame: Frame }> {
  const page = await shared.open(null);
  await setClock(page.context(), hours);
  await page.goto(await serveHost(shared.office().url));
  await openChat(page);
  const frame = page.frames().find((each) => each.url().includes('/widget/'));
  if (frame === undefined) throw new Error('There is no frame.');
  return { page, frame };
}

test.skipIf(!hasBrowser).each([26, -26])(
  'with clocks that are %i hours off, and are then set, dates, waits, undoing and sending are right',
  { timeout: 180_000 },
  async (hours) => {
    const visitor = await visit(hours);
    await writeInChat(visitor.page, `at ${hours}`);
    expect(await visitor.frame.locator('.day').allTextContents()).toEqual(['Today']);

    const page = await shared.open(null);
    await setClock(page.context(), hours);
    await signIn(page, shared.office());
    await page.goto(shared.at('/inbox/all'));
    const row = page.getByRole('listitem').filter({ hasText: `at ${hours}` });
    await row.waitFor();
    expect(await row.textContent()).toMatch(/\d:\d\d\s?[AP]M/);
    const wait = row.locator('[data-tone]');
    const waited = async () => Number(/^(\d+)s$/.exec((await wait.textContent()) ?? '')?.[1]);
    const before = await waited();
    expect(before).toBeLessThan(60);
    await row.getByRole('link').click();
    await page.getByRole('log').getByText('Today', { exact: true }).waitFor();

    await jump(page, -hours);
    await jump(visitor.frame, -hours);
    await expect.poll(waited).toBeGreaterThan(before + 1);
    expect(await waited()).toBeLessThan(120);
    expect(await wait.getAttribute('data-tone')).not.toBe('bad');
    await page.getByRole('log').getByText('Today', { exact: true }).waitFor();
    // More than go out in one breath: the rest waits for ten seconds, and not for a day.
    const texts = Array.from({ length: 18 }, (_, at) => `${at} of ${hours}`);
    const area = visitor.frame.getByRole('textbox', { name: 'Your message' });
    for (const [at, text] of texts.entries()) {
      await area.fill(text);
      await area.press('Enter');
      if (at === 12) await jump(visitor.frame, hours);
    }
    await expect
      .poll(() => visitor.frame.locator('.tick[title=Sending]').count(), { timeout: 40_000 })
      .toBe(0);
    expect(await readBubbles(visitor.page)).toEqual([`at ${hours}`, ...texts]);
    expect(await visitor.frame.locator('.day').allTextContents()).toEqual(['Today']);

    const id = page.url().split('/').at(-1);
    await shared.office().call('POST', `/api/v1/conversations/${id}/assign`, await me());
    await shared.office().call('POST', `/api/v1/conversations/${id}/close`, { reason: 'solved' });
    await page.getByText('Closed on').waitFor();
    await page.getByRole('button', { name: 'Reopen', exact: true }).click();
    await page.getByText('Closed on').waitFor({ state: 'detached' });
  },
);

async function me(): Promise<{ agentId: string; force: true }> {
  const { user } = await shared
    .office()
    .call<{ user: { agentId: string } }>('GET', '/api/v1/session');
  return { agentId: user.agentId, force: true };
}
