// An admin makes, tries, orders, pauses and removes what happens by itself, on the page of automations alone.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Automation } from '../../src/contract/automations.ts';
import { settle } from './browse-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { expectAccessible } from './open-browser.ts';
import { shareOffice, startTestOffice } from './share-office.ts';

const shared = shareOffice(() => startTestOffice());
const limit = { timeout: 120_000 };
const inBrowser = test.skipIf(!hasBrowser);

const call = <T = object>(method: string, path: string, body?: object) =>
  shared.office().call<T>(method, `/api/v1/${path}`, body);
const list = async () => (await call<{ items: Automation[] }>('GET', 'automations')).items;
const names = async () => (await list()).map(({ name }) => name);
async function clear(): Promise<void> {
  for (const { id } of await list()) await call('DELETE', `automations/${id}`);
}
const tagging = (name: string) => ({
  ...{ name, on: ['conversation.opened'], actions: [{ do: 'add-tags', tags: [name] }] },
});

let cases = 0;
/** Answers the conversation's id. */
async function open(text: string): Promise<string> {
  const { items } = await call<{ items: { id: string; kind: string }[] }>('GET', 'channels');
  const known = items.find(({ kind }) => kind === 'api');
  const { id: channelId } =
    known ?? (await call<{ id: string }>('POST', 'channels', { kind: 'api', name: 'Shop' }));
  cases += 1;
  const opening = { externalId: `case-${cases}`, contact: { externalId: `c-${cases}` } };
  const path = `channels/${channelId}/conversations`;
  return (await call<{ id: string }>('POST', path, { ...opening, message: { text } })).id;
}

/** By keys alone: until that is focused, as often as a person would press. */
async function tabTo(page: Page, name: string): Promise<void> {
  const wanted = page.locator(`[aria-label="${name}"], button:has-text("${name}")`).first();
  for (let pressed = 0; pressed < 80; pressed += 1) {
    if (await wanted.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${name} is not reached by Tab.`);
}

inBrowser(
  'from the empty page to the first run by keyboard: the example is tried, saved, acts, and its log leads to the conversation',
  limit,
  async () => {
    await clear();
    const before = await open('I want a refund, please.');
    const page = await shared.openAsAdmin('/settings/automations');
    await page.getByText('No automations yet').waitFor();
    await expectAccessible(page);
    await tabTo(page, 'Start from the example');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'New automation' });
    await dialog.waitFor();
    await expectAccessible(page);
    await tabTo(page, 'Try it');
    await page.keyboard.press('Enter');
    await dialog.getByText(/hold for 1 now; 1 of their events/).waitFor();
    expect(await list()).toEqual([]);
    await tabTo(page, 'Save');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Refunds first', { exact: true }).waitFor();

    const id = await open('Where is my refund?');
    await expect
      .poll(async () => (await call<{ tags: string[] }>('GET', `conversations/${id}`)).tags)
      .toEqual(['refund']);
    expect((await call<{ tags: string[] }>('GET', `conversations/${before}`)).tags).toEqual([]);
    await page.reload();
    await settle(page);
    await tabTo(page, 'Log of Refunds first');
    await page.keyboard.press('Enter');
    const log = page.getByRole('dialog', { name: 'Log of Refunds first' });
    await log.getByText('Add tags: done').waitFor();
    await expectAccessible(page);
    const link = log.getByRole('link', { name: 'Open' });
    expect(await link.getAttribute('href')).toBe(`/inbox/all/${id}`);
    await page.keyboard.press('Escape');
    await log.waitFor({ state: 'detached' });

    await page.getByRole('switch', { name: 'Refunds first is on' }).focus();
    await page.keyboard.press('Space');
    await expect.poll(async () => (await list())[0]?.enabled).toBe(false);
  },
);

inBrowser(
  'the arrows of a row move it, the focus goes with it, and the server runs them in that order',
  limit,
  async () => {
    await clear();
    for (const name of ['One', 'Two', 'Three']) await call('POST', 'automations', tagging(name));
    const page = await shared.openAsAdmin('/settings/automations');
    await page.getByRole('button', { name: 'Down: One' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(names).toEqual(['Two', 'One', 'Three']);
    const down = page.getByRole('button', { name: 'Down: One' });
    await expect.poll(() => down.evaluate((node) => node === document.activeElement)).toBe(true);
    await page.getByText('One is number 2 of 3').waitFor({ state: 'attached' });
    await page.keyboard.press('Enter');
    await expect.poll(names).toEqual(['Two', 'Three', 'One']);
    // At the end there is no further down: the other arrow has the focus.
    const up = page.getByRole('button', { name: 'Up: One' });
    await expect.poll(() => up.evaluate((node) => node === document.activeElement)).toBe(true);
    await page.getByRole('button', { name: 'Up: Three' }).click();
    await expect.poll(names).toEqual(['Three', 'Two', 'One']);
    await expectAccessible(page);
    // There and back, faster than the server answers.
    await page.getByRole('button', { name: 'Down: Three' }).click();
    await page.getByRole('button', { name: 'Up: Three' }).click();
    await settle(page);
    await expect.poll(names).toEqual(['Three', 'Two', 'One']);
    const id = await open('Hello');
    await expect
      .poll(async () => {
        const { items } = await call<{ items: { type: string; data: { name?: string } }[] }>(
          ...(['GET', `conversations/${id}/events`] as const),
        );
        return items.filter(({ type }) => type.endsWith('.automated')).map(({ data }) => data.name);
      })
      .toEqual(['Three', 'Two', 'One']);
  },
);

inBrowser('a removal is asked for, and taken back', limit, async () => {
  await clear();
  await call('POST', 'automations', { ...tagging('Gold'), enabled: false });
  const [kept] = await list();
  const page = await shared.openAsAdmin('/settings/automations');
  await page.getByRole('button', { name: 'More for Gold' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  const asked = page.getByRole('dialog', { name: 'Remove' });
  await asked.getByText('Gold and its log are removed.').waitFor();
  await asked.getByRole('button', { name: 'Remove' }).click();
  await expect.poll(names).toEqual([]);
  await page.getByText('No automations yet').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Gold', { exact: true }).waitFor();
  const [back] = await list();
  expect({ ...back, id: '' }).toEqual({ ...kept, id: '' });
});

inBrowser(
  'who wrote is looked at only after messages, and the contact is told in each language that is written',
  limit,
  async () => {
    await clear();
    const page = await shared.openAsAdmin('/settings/automations');
    await page.getByRole('button', { name: 'Start from the example' }).click();
    const dialog = page.getByRole('dialog', { name: 'New automation' });
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Answered');
    const field = dialog.getByRole('combobox', { name: 'What is looked at' });
    await field.click();
    await page.getByRole('option', { name: 'The first message', exact: true }).waitFor();
    expect(await page.getByRole('option', { name: 'Who wrote the message' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await dialog.getByRole('combobox', { name: 'When' }).fill('message.created');
    await page.getByRole('option', { name: 'message.created' }).click();
    await page.keyboard.press('Tab');
    await field.click();
    await page.getByRole('option', { name: 'Who wrote the message' }).click();
    await dialog.getByRole('combobox', { name: 'How it is compared' }).click();
    await page.getByRole('option', { name: 'is', exact: true }).click();
    await dialog.getByRole('combobox', { name: 'Compared with' }).click();
    await page.getByRole('option', { name: 'the contact' }).click();

    await dialog.getByRole('button', { name: 'Add an action' }).click();
    await page.getByRole('menuitem', { name: 'Write to the customer' }).click();
    await dialog.getByRole('textbox', { name: 'English' }).fill('We look into it, {{name}}.');
    await dialog.getByRole('combobox', { name: /^Add a language/ }).fill('Indonesian');
    await page.getByRole('option', { name: 'Indonesian' }).click();
    await dialog.getByRole('textbox', { name: 'Indonesian' }).fill('Kami periksa, {{position}}.');
    await dialog.getByText('“place in line” is known only to the words of plans.').waitFor();
    await dialog.getByRole('textbox', { name: 'Indonesian' }).fill('Kami periksa.');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect((await list())[0]).toMatchObject({
      on: ['conversation.opened', 'message.created'],
      when: { field: 'message.author', is: 'contact' },
      actions: [
        {},
        {},
        { do: 'message', texts: { en: 'We look into it, {{name}}.', id: 'Kami periksa.' } },
      ],
    });

    await page.getByRole('button', { name: 'More for Answered' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    const edited = page.getByRole('dialog', { name: 'Edit' });
    await edited.getByRole('combobox', { name: 'When' }).press('Backspace');
    await page.keyboard.press('Tab');
    await edited.getByText(/Add that event, or take the condition out/).waitFor();
    await edited.getByRole('button', { name: 'Save' }).click();
    await edited.getByText('Something is missing or wrong').waitFor();
    await expectAccessible(page);
  },
);

inBrowser(
  'what is missing is said where it is missing, once it is sent, and what is gone in the list',
  limit,
  async () => {
    await clear();
    const { id: teamId } = await call<{ id: string }>('POST', 'teams', { name: 'Gone' });
    const actions = [{ do: 'send-to-team', teamId }];
    await call('POST', 'automations', { ...tagging('To Gone'), actions });
    await call('DELETE', `teams/${teamId}`);
    const page = await shared.openAsAdmin('/settings/automations', { width: 390, scheme: 'dark' });
    await page.getByText('The team is not there any more.').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'New automation' }).click();
    const dialog = page.getByRole('dialog', { name: 'New automation' });
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('To Gone');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Add an action: one at least, 10 at most.').waitFor();
    await dialog.getByRole('button', { name: 'Add an action' }).click();
    await page.getByRole('menuitem', { name: 'Close' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Another automation has this name.').waitFor();
    await expectAccessible(page);
    const box = await dialog.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(await overflow()).toBe(0);
  },
);
