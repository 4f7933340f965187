// Handing over with a note, giving back, asking colleagues, whispering and taking over, in browsers on the real server.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { settle } from './browse-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { hand, invite, openRow } from './office-people.ts';
import { expectAccessible } from './open-browser.ts';
import { shareFilledOffice } from './share-office.ts';

const shared = shareFilledOffice();
const limit = { timeout: 300_000 };
const inBrowser = test.skipIf(!hasBrowser);
const SMALL = { width: 390, height: 844 };

interface Shown {
  agentId: string | null;
  consulted: { agentId: string }[];
  transfer: { note: string | null } | null;
}
const read = (id: string) => shared.office().call<Shown>('GET', `/api/v1/conversations/${id}`);
const online = (agentId: string) =>
  shared.office().call('PATCH', `/api/v1/agents/${agentId}`, { availability: 'online' });
const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name });
const pause = (page: Page) => page.locator('body').click({ position: { x: 2, y: 2 } });

inBrowser(
  'a note goes with the conversation by keyboard, stands above what was said, and goes back in one stroke',
  limit,
  async () => {
    const office = shared.office();
    const gita = await invite(shared, { name: 'Gita' });
    const hadi = await invite(shared, { name: 'Hadi' }, undefined, {});
    for (const { agentId } of [gita, hadi]) await online(agentId);
    const { id } = await hand(office, { name: 'Yanti', text: 'Hello', agentId: gita.agentId });
    await openRow(gita.page, 'Yanti');
    await pause(gita.page);
    await gita.page.keyboard.press('a');
    const transfer = dialog(gita.page, 'Assign or transfer');
    await transfer.getByLabel('Note for whoever gets it').fill('She has paid twice.');
    await expectAccessible(gita.page);
    await transfer.getByRole('combobox').fill('Hadi');
    await gita.page.keyboard.press('Enter');
    await transfer.waitFor({ state: 'detached' });
    await expect.poll(async () => (await read(id)).agentId).toBe(hadi.agentId);

    await hadi.page.setViewportSize(SMALL);
    await openRow(hadi.page, 'Yanti');
    const strip = hadi.page.getByRole('region', { name: 'How it came to you' });
    await strip.getByText('Gita handed it over to you').waitFor();
    await strip.getByText('She has paid twice.').waitFor();
    await hadi.page.getByRole('log').getByText('Gita handed it over to Hadi').waitFor();
    await expectAccessible(hadi.page);
    await pause(hadi.page);
    await hadi.page.keyboard.press('b');
    const giving = dialog(hadi.page, 'Give it back to Gita');
    await giving.getByLabel('What should Gita know?').fill('It is the first order.');
    await expectAccessible(hadi.page);
    await hadi.page.keyboard.press('Control+Enter');
    await giving.waitFor({ state: 'detached' });
    await expect.poll(async () => (await read(id)).agentId).toBe(gita.agentId);
    await gita.page
      .getByRole('region', { name: 'How it came to you' })
      .getByText('It is the first order.')
      .waitFor();
    await gita.page.getByRole('log').getByText('Hadi gave it back to Gita').waitFor();
    for (const { page } of [gita, hadi]) await page.context().close();
  },
);

inBrowser(
  'who is asked finds it under Consulted, writes a note and no answer, and is handed it in one stroke',
  limit,
  async () => {
    const office = shared.office();
    const indra = await invite(shared, { name: 'Indra' });
    const joko = await invite(shared, { name: 'Joko' });
    for (const { agentId } of [indra, joko]) await online(agentId);
    const { id } = await hand(office, { name: 'Zaki', text: 'Hello', agentId: indra.agentId });
    await openRow(indra.page, 'Zaki');
    await pause(indra.page);
    await indra.page.keyboard.press('Control+k');
    await indra.page.getByRole('combobox', { name: 'Command bar' }).fill('ask coll');
    await indra.page.keyboard.press('Enter');
    const asking = dialog(indra.page, 'Ask colleagues');
    await asking.getByLabel('What do you want to know?').fill('Is this covered?');
    await asking.getByRole('combobox').fill('Joko');
    await indra.page.keyboard.press('Enter');
    await asking.getByText('1 of at most 5 chosen').waitFor();
    await expectAccessible(indra.page);
    await asking.getByRole('button', { name: 'Ask' }).click();
    await asking.waitFor({ state: 'detached' });
    await expect.poll(async () => (await read(id)).consulted.length).toBe(1);

    await joko.page
      .getByRole('link', { name: /Consulted/ })
      .first()
      .click();
    await openRow(joko.page, 'Zaki');
    const asked = joko.page.getByRole('region', { name: 'Asked colleagues' });
    await asked.getByText('Is this covered?').waitFor();
    await expectAccessible(joko.page);
    const composer = joko.page.getByRole('textbox', { name: 'Private note' });
    await composer.fill('It is.');
    await joko.page.keyboard.press('Enter');
    await indra.page.getByRole('log').getByText('It is.').waitFor();
    expect(await joko.page.getByRole('radio', { name: 'Reply' }).count()).toBe(0);

    await indra.page
      .getByRole('region', { name: 'Asked colleagues' })
      .getByRole('button', { name: 'Hand over to Joko' })
      .click();
    await expect.poll(async () => (await read(id)).agentId).toBe(joko.agentId);
    await expect.poll(async () => (await read(id)).consulted.length).toBe(0);
    for (const { page } of [indra, joko]) await page.context().close();
  },
);

inBrowser(
  'a supervisor whispers, takes over with the colleague being told, and gives it back',
  limit,
  async () => {
    const office = shared.office();
    const kiki = await invite(shared, { name: 'Kiki' });
    const lia = await invite(shared, { name: 'Lia', role: 'supervisor' });
    for (const { agentId } of [kiki, lia]) await online(agentId);
    const { id } = await hand(office, { name: 'Umar', text: 'Hello', agentId: kiki.agentId });
    await openRow(kiki.page, 'Umar');
    await lia.page.goto(shared.at(`/inbox/all/${id}`));
    await lia.page.getByRole('heading', { name: 'Umar', level: 1 }).waitFor();
    await pause(lia.page);
    await lia.page.keyboard.press('h');
    const whisper = dialog(lia.page, 'Whisper to Kiki');
    await whisper.getByLabel('What should Kiki know?').fill('Offer him ten percent.');
    await expectAccessible(lia.page);
    await lia.page.keyboard.press('Control+Enter');
    await whisper.waitFor({ state: 'detached' });
    const log = kiki.page.getByRole('log');
    await log.getByText('Offer him ten percent.').waitFor();
    await log.getByText('Whispered by Lia to Kiki').waitFor();
    await expectAccessible(kiki.page);

    await lia.page.getByRole('button', { name: 'Take over' }).click();
    await expect.poll(async () => (await read(id)).agentId).toBe(lia.agentId);
    await kiki.page.getByText('Lia has taken this conversation from you.').waitFor();
    await lia.page.getByRole('button', { name: 'More', exact: true }).first().click();
    await lia.page.getByRole('menuitem', { name: 'Give back' }).click();
    await dialog(lia.page, 'Give it back to Kiki')
      .getByRole('button', { name: 'Give back' })
      .click();
    await expect.poll(async () => (await read(id)).agentId).toBe(kiki.agentId);
    await settle(lia.page);
    for (const { page } of [kiki, lia]) await page.context().close();
  },
);
