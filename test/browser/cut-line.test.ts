// A page whose network was gone for a while shows what a page shows that is loaded only now.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { startTcpProxy } from '../makers/start-tcp-proxy.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { settle } from './browse-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { openBehind } from './open-behind.ts';
import { shareFilledOffice } from './share-office.ts';

const CUT_SECONDS = process.env.USHER_LONG_TESTS === '1' ? 60 : 8;
const shared = shareFilledOffice();

/**
 * The words on the screen, line by line. Left out: times that count up, and where what is new began
 * when the page was opened.
 */
async function readScreen(page: Page): Promise<Record<string, string[]>> {
  return page.evaluate(() => {
    const words = (selector: string) =>
      [...document.querySelectorAll<HTMLElement>(selector)].map((one) => {
        const copy = one.cloneNode(true) as HTMLElement;
        for (const wait of copy.querySelectorAll('[data-tone]')) wait.remove();
        return (copy.textContent ?? '').trim();
      });
    return {
      counts: words('nav a'),
      rows: words('section [role="listitem"]'),
      head: words('main header'),
      thread: words('[role="log"] [role="group"], [role="log"] > div > div > div:not([data-new])'),
      panel: words('aside [role="tabpanel"]'),
    };
  });
}

interface Item {
  id: string;
  contact: { name: string | null };
}

test.skipIf(!hasBrowser)(
  `after ${CUT_SECONDS} s without network the screen is that of a fresh load`,
  { timeout: 240_000 },
  async () => {
    const office = shared.office();
    const { hostname, port } = new URL(office.url);
    const proxy = await startTcpProxy({ host: hostname, port: Number(port) });
    const list = async (query: string) =>
      (await office.call<{ items: Item[] }>('GET', `/api/v1/conversations?${query}`)).items;
    const mine = await list('state=assigned&agentId=me');
    const waiting = await list('state=waiting');
    const [watched, ended] = mine;
    const [taken, answered] = waiting;
    if (!watched || !ended || !taken || !answered) throw new Error('The office is too empty.');
    const path = `/inbox/all/${watched.id}`;
    const page = await openBehind(shared.browser(), proxy, path);
    await page.getByRole('log').getByRole('group').first().waitFor();
    await settle(page);

    const cutAt = Date.now();
    await proxy.goDown();
    const at = (id: string, verb: string) => `/api/v1/conversations/${id}/${verb}`;
    const me = await office.call<{ user: { agentId: string } }>('GET', '/api/v1/session');
    const { agentId } = me.user;
    const contact = office.organisation.addContact({ name: 'Quentin Blake' });
    await office.organisation.openTicket({ contact });
    await office.organisation.sendMessage({ contact, text: 'While nobody looked' });
    await office.call('POST', at(watched.id, 'messages'), { text: 'Said while the line was cut' });
    await office.call('POST', at(watched.id, 'notes'), { text: 'Noted while the line was cut' });
    await office.call('PATCH', `/api/v1/conversations/${watched.id}`, {
      tags: ['late'],
      priority: 'urgent',
    });
    await office.call('POST', at(taken.id, 'assign'), { agentId, force: true });
    await office.call('POST', at(answered.id, 'assign'), { agentId, force: true });
    await office.call('POST', at(answered.id, 'messages'), { text: 'Answered meanwhile' });
    await office.call('POST', at(ended.id, 'close'), { reason: 'solved' });
    await page.getByText('Reconnecting').first().waitFor({ timeout: 60_000 });
    await new Promise((done) => setTimeout(done, cutAt + CUT_SECONDS * 1000 - Date.now()));
    await proxy.comeBack();

    await page.getByText('Reconnecting').first().waitFor({ state: 'detached', timeout: 60_000 });
    const fresh = await openBehind(shared.browser(), proxy, path);
    await fresh.getByRole('log').getByRole('group').first().waitFor();
    await settle(fresh);
    // Both again and again: what has just been loaded may still be filling up.
    let freshly: Record<string, string[]> = {};
    await eventually(
      async () => {
        freshly = await readScreen(fresh);
        return JSON.stringify(await readScreen(page)) === JSON.stringify(freshly);
      },
      (same) => same,
      20_000,
    ).catch(async () => expect(await readScreen(page)).toEqual(freshly));
    // Otherwise nothing had happened.
    const rows = (await readScreen(page)).rows?.join('\n') ?? '';
    expect(rows).toContain('Quentin Blake');
    await page.getByRole('log').getByText('Said while the line was cut').waitFor();
    await page.context().close();
    await fresh.context().close();
  },
);
