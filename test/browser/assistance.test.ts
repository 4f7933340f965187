// An agent asks the language model by keyboard: sees what is sent, takes a draft, takes it back, and sends it.
import type { Locator, Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import {
  type ModelServer,
  startModelServer,
} from '../../sandbox/model-server/start-model-server.ts';
import { signIn } from './browse-office.ts';
import { fillOffice } from './fill-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { hand, invite, openRow } from './office-people.ts';
import { expectAccessible } from './open-browser.ts';
import { shareOffice, startTestOffice } from './share-office.ts';

let model: ModelServer;
const shared = shareOffice(async () => {
  model = await startModelServer({ model: 'small' });
  const environment = { AI_BASE_URL: model.url, AI_MODEL: 'small' };
  const office = await startTestOffice({ environment });
  await fillOffice(office);
  return office;
});
afterAll(() => model?.stop());
const limit = { timeout: 120_000 };
const inBrowser = test.skipIf(!hasBrowser);

const dialogOf = (page: Page): Locator => page.getByRole('dialog', { name: 'Ask the model' });
const replyOf = (page: Page): Locator => page.getByRole('textbox', { name: 'Reply', exact: true });
const hasFocus = (one: Locator) =>
  expect.poll(() => one.evaluate((node) => node === document.activeElement)).toBe(true);

/** Who has a conversation in which the customer said this. */
async function begin(name: string, text: string) {
  model.asked.length = 0;
  model.setAnswer({ says: 'We look into it.\n---\nOne moment, please.' });
  const office = shared.office();
  const { page, agentId } = await invite(shared, { name });
  const { id } = await hand(office, { name: `${name}s customer`, text, agentId });
  await openRow(page, `${name}s customer`);
  await page.getByRole('log').getByText(text).waitFor();
  const answers = async () => {
    const path = `/api/v1/conversations/${id}/messages`;
    const { items } = await office.call<{ items: { authorKind: string; text: string }[] }>(
      'GET',
      path,
    );
    return items.filter(({ authorKind }) => authorKind === 'agent').map((one) => one.text);
  };
  return { office, page, answers };
}

/** The key answers as soon as its button stands there. */
async function askByKey(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Ask the model' }).waitFor();
  await page.keyboard.press('i');
}

inBrowser(
  'by keyboard: what is sent is shown first, a draft is taken, taken back, taken again and sent',
  limit,
  async () => {
    const { page, answers } = await begin('Budi', 'Where is my order? I am sari@example.com');
    await askByKey(page);
    const dialog = dialogOf(page);
    const ask = dialog.getByRole('button', { name: 'Ask', exact: true });
    await hasFocus(ask);
    await page.keyboard.press('Shift+Tab');
    await hasFocus(dialog.getByRole('button', { name: 'What is sent' }));
    await page.keyboard.press('Enter');
    const shown = dialog.getByRole('region', { name: 'What it reads' });
    await shown.waitFor();
    const text = await shown.textContent();
    expect(text).toContain('Where is my order? I am [e-mail 1]');
    expect(model.asked).toEqual([]);
    await expectAccessible(page);

    await ask.focus();
    await page.keyboard.press('Enter');
    const use = dialog.getByRole('button', { name: 'Use it' });
    await hasFocus(use.first());
    expect(model.asked[0]?.body.messages?.[1]?.content).toBe(text);
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    const reply = replyOf(page);
    await hasFocus(reply);
    expect(await reply.inputValue()).toBe('We look into it.');
    expect(await answers()).toEqual([]);

    await page.getByRole('button', { name: 'Undo', exact: true }).press('Enter');
    await hasFocus(reply);
    expect(await reply.inputValue()).toBe('');
    await page.keyboard.press('Escape');
    await askByKey(page);
    await hasFocus(ask);
    await page.keyboard.press('Enter');
    await hasFocus(use.first());
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await hasFocus(use.nth(1));
    await page.keyboard.press('Enter');
    await hasFocus(reply);
    await page.keyboard.press('Enter');
    await expect.poll(answers).toEqual(['One moment, please.']);
  },
);

inBrowser(
  'what the customer said is translated for the agent, and a draft for the customer',
  limit,
  async () => {
    const { page } = await begin('Cici', 'Selamat pagi');
    model.setAnswer({ says: 'Good morning' });
    await page.getByRole('log').getByRole('button', { name: 'Translate' }).press('Enter');
    const dialog = dialogOf(page);
    await dialog.getByRole('button', { name: 'Ask', exact: true }).press('Enter');
    await dialog.getByText('Good morning').waitFor();
    expect(model.asked[0]?.body.messages?.[1]?.content).toBe('{"translate":"Selamat pagi"}');
    expect(await dialog.getByRole('button', { name: 'Use it' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });

    model.setAnswer({ says: 'Apa kabar?' });
    await replyOf(page).fill('How are you?');
    await page.getByRole('button', { name: 'Ask the model' }).press('Enter');
    await dialog.getByText('Translate my draft').click();
    await dialog.getByRole('button', { name: 'Ask', exact: true }).press('Enter');
    await dialog.getByRole('button', { name: 'Use it' }).press('Enter');
    await expect.poll(() => replyOf(page).inputValue()).toBe('Apa kabar?');
  },
);

inBrowser(
  'a model that fails is said with what to do, one that is slow is stopped',
  limit,
  async () => {
    const { page } = await begin('Dewi', 'Hello there');
    await askByKey(page);
    const dialog = dialogOf(page);
    model.setAnswer({ status: 500, body: '' });
    await dialog.getByRole('button', { name: 'Ask', exact: true }).press('Enter');
    await dialog.getByRole('alert').getByText('tell your admin').waitFor();
    await expectAccessible(page);
    model.setAnswer({ fault: 'hang' });
    const before = model.abandoned();
    await dialog.getByRole('button', { name: 'Ask again' }).press('Enter');
    await dialog.getByRole('status').getByText('The model is writing').waitFor();
    const stop = dialog.getByRole('button', { name: 'Stop' });
    await hasFocus(stop);
    await expect.poll(() => model.asked.length).toBe(2);
    await page.keyboard.press('Enter');
    await expect.poll(() => model.abandoned()).toBe(before + 1);
    model.setAnswer({ says: 'Hello.' });
    await dialog.getByRole('button', { name: 'Ask', exact: true }).press('Enter');
    await hasFocus(dialog.getByRole('button', { name: 'Use it' }));
  },
);

inBrowser('the note of a hand-over takes a summary, and gives it back', limit, async () => {
  const { page } = await begin('Eka', 'My parcel is lost');
  model.setAnswer({ says: 'Asked for a lost parcel.' });
  await page.keyboard.press('a');
  const dialog = page.getByRole('dialog', { name: 'Assign or transfer' });
  const note = dialog.getByRole('textbox', { name: 'Note for whoever gets it' });
  await note.fill('Mine');
  await dialog.getByRole('button', { name: 'Summarize' }).press('Enter');
  await dialog.getByRole('button', { name: 'Use as a note' }).press('Enter');
  await expect.poll(() => note.inputValue()).toBe('Asked for a lost parcel.');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect.poll(() => note.inputValue()).toBe('Mine');
});

inBrowser(
  'an admin sees where text goes, tests the model and switches it off: then nothing of it is left',
  limit,
  async () => {
    const { office, page } = await begin('Fitri', 'Hello again');
    const button = page.getByRole('button', { name: 'Ask the model' });
    await button.waitFor();
    const admin = await shared.open(null);
    await signIn(admin, office);
    await admin.goto(shared.at('/settings/integration'));
    const card = admin.getByRole('region', { name: 'Language model' });
    await card.getByText(`small at ${new URL(model.url).host}`).waitFor();
    await card.getByRole('button', { name: 'Test' }).click();
    await card.getByText('The model answers').waitFor();
    await expectAccessible(admin);
    model.setAnswer({ status: 404, body: '{"error":"model not found"}' });
    await card.getByRole('button', { name: 'Test' }).click();
    await card.getByRole('alert').getByText('It says: model not found').waitFor();
    await card.getByRole('switch', { name: 'Agents may ask the model' }).click();
    await card.getByRole('button', { name: 'Save' }).click();
    await admin.getByText('Saved.').waitFor();
    await admin.context().close();

    await page.reload();
    await replyOf(page).waitFor();
    await page.keyboard.press('?');
    await page
      .getByRole('dialog', { name: 'Keyboard shortcuts' })
      .getByText('Private note')
      .waitFor();
    expect(await page.getByText('Ask the model').count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.keyboard.press('i');
    expect(await button.count()).toBe(0);
    expect(await dialogOf(page).count()).toBe(0);
    await office.call('PATCH', '/api/v1/settings', { assistance: true });
  },
);
