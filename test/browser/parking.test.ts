// An agent parks a conversation, finds it again, takes it back and lets it come back, in a browser on the real server.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Conversation } from '../../src/contract/conversation.ts';
import { settle, signIn } from './browse-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { invite } from './office-people.ts';
import { shareFilledOffice } from './share-office.ts';
import { shoot } from './shoot.ts';

const shared = shareFilledOffice();
const limit = { timeout: 240_000 };
const inBrowser = test.skipIf(!hasBrowser);
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function look(page: Page, name: string): Promise<void> {
  await settle(page);
  await shoot(page, name);
  await page.evaluate(axe);
  const found = await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => id + ' ' + nodes[0].html.slice(0, 200)))`,
  );
  expect(found, name).toEqual([]);
}

/** Wati has a conversation with Eka. */
async function begin(name: string, look: { width?: number; scheme?: 'light' | 'dark' } = {}) {
  const office = shared.office();
  const { page, agentId } = await invite(shared, { name, capacity: 1 }, undefined, look);
  const channel = await office.call<{ id: string }>('POST', '/api/v1/channels', {
    ...{ kind: 'api', name: `Shop of ${name}` },
  });
  const opened = await office.call<Conversation>(
    'POST',
    `/api/v1/channels/${channel.id}/conversations`,
    { externalId: name, contact: { externalId: name, name: `Eka ${name}` } },
  );
  const path = `/api/v1/conversations/${opened.id}`;
  const now = () => office.call<Conversation>('GET', path);
  // The router may be quicker, with whoever else is online.
  const give = async () => {
    const { agentId: has } = await now();
    if (has === agentId) return true;
    const verb = has === null ? 'assign' : 'transfer';
    await office.call('POST', `${path}/${verb}`, { agentId, force: true }).catch(() => {});
    return false;
  };
  await expect.poll(give).toBe(true);
  return { office, page, agentId, id: opened.id, path, now };
}

inBrowser(
  'all of it by keyboard: park until a time, undo, find it, bring it back',
  limit,
  async () => {
    const { page, id, now } = await begin('Wati');
    await page.goto(shared.at(`/inbox/mine/${id}`));
    const title = page.getByRole('heading', { name: 'Eka Wati' });
    await title.waitFor();
    await settle(page);
    await page.keyboard.press('s');
    const dialog = page.getByRole('dialog', { name: 'Park' });
    await dialog.getByRole('button', { name: /In one hour/ }).waitFor();
    await look(page, 'dialog-1280-light');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(async () => (await now()).state).toBe('parked');
    const { parked } = await now();
    const at = new Date(parked?.until ?? '');
    expect([at.getUTCHours(), at.getUTCMinutes(), at.getTime() > Date.now()]).toEqual([9, 0, true]);
    await page
      .getByText(/^Parked until/)
      .first()
      .waitFor();
    await look(page, 'parked-1280-light');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => (await now()).state).toBe('assigned');

    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').fill('park: until');
    await page.getByRole('option', { name: 'Park: Until the customer writes' }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await now()).parked?.until).toBeNull();
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await page.getByRole('heading', { name: /^Parked/ }).waitFor();
    await page.getByRole('link', { name: /Eka Wati/ }).click();
    await page.getByText('Parked until the customer writes').first().waitFor();
    await page.keyboard.press('w');
    await page.getByText(/^Parked with Wati since/).waitFor();
    await look(page, 'list-and-why-1280-light');
    await page.keyboard.press('s');
    await expect.poll(async () => (await now()).state).toBe('assigned');
    await page.context().close();
  },
);

inBrowser(
  'on a small screen, in the dark: any date and time, and a time that is over is refused',
  limit,
  async () => {
    const { page, id, now } = await begin('Lina', { width: 390, scheme: 'dark' });
    await page.goto(shared.at(`/inbox/mine/${id}`));
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Park' }).click();
    const dialog = page.getByRole('dialog', { name: 'Park' });
    await dialog.getByLabel('Date and time').fill('2020-01-01T09:00');
    await dialog.getByRole('button', { name: 'Park', exact: true }).click();
    await dialog.getByText('Choose a time that is still to come.').waitFor();
    await look(page, 'dialog-390-dark');
    const wanted = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 16);
    await dialog.getByLabel('Date and time').fill(wanted);
    await dialog.getByRole('button', { name: 'Park', exact: true }).click();
    await expect.poll(async () => (await now()).parked?.until).toBe(`${wanted}:00.000Z`);
    await page
      .getByText(/^Parked until/)
      .first()
      .waitFor();
    await look(page, 'parked-390-dark');
    await page.getByRole('button', { name: 'Return now' }).click();
    await expect.poll(async () => (await now()).state).toBe('assigned');
    await page.context().close();
  },
);

inBrowser(
  'a supervisor sees on Live what each agent has parked, and brings it back',
  limit,
  async () => {
    const { office, page, path, now } = await begin('Sari');
    await office.call('POST', `${path}/park`, {});
    await page.context().close();
    const live = await shared.open(null);
    await signIn(live, office);
    await live.goto(shared.at('/live'));
    const row = live.getByRole('row', { name: /^Conversations of Sari/ });
    await row.waitFor();
    const list = live.getByRole('list', { name: 'Parked with Sari' });
    // Of many agents one unfolds those that one wants to see.
    const fold = row.getByRole('button', { name: 'Conversations of Sari' });
    if ((await fold.getAttribute('aria-expanded')) === 'false') await fold.click();
    await list.getByText('Eka Sari').waitFor();
    await look(live, 'live-1280-light');
    await list.getByRole('button', { name: /Eka Sari/ }).click();
    await live.getByRole('menuitem', { name: 'Return now' }).click();
    await expect.poll(async () => (await now()).state).not.toBe('parked');
    await live.context().close();
  },
);
