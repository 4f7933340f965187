import { expect, onTestFinished, test } from 'vitest';
import { writeSnippet } from '../../web/components/channels/write-snippet.ts';
import { signIn } from './browse-office.ts';
import { holdScript } from './intercept.ts';
import { hasBrowser } from './launch-browser.ts';
import { hand, invite, openRow, row } from './office-people.ts';
import { shareFilledOffice } from './share-office.ts';
import { visitShop } from './visit-shop.ts';

const shared = shareFilledOffice();
const limit = { timeout: 120_000 };
const inBrowser = test.skipIf(!hasBrowser);

inBrowser('a row says who of the company spoke last, and “You” of nobody else', limit, async () => {
  const office = shared.office();
  const first = await invite(shared, { name: 'Alma' });
  const second = await invite(shared, { name: 'Bodil', role: 'supervisor' });
  const { id } = await hand(office, { name: 'Ines Kuhn', text: 'Hi', agentId: first.agentId });
  await openRow(first.page, 'Ines Kuhn');
  await first.page.getByRole('textbox', { name: 'Reply', exact: true }).fill('Hello there');
  await first.page.getByRole('button', { name: 'Send', exact: true }).click();
  await row(first.page, 'Ines Kuhn').getByText('You: Hello there').waitFor();

  await second.page.goto(shared.at('/inbox/all'));
  await row(second.page, 'Ines Kuhn').getByText('Alma: Hello there').waitFor();
  await second.page.keyboard.press('Control+k');
  await second.page.getByRole('dialog').getByRole('combobox').fill('Ines');
  await second.page.getByRole('option', { name: /Alma: Hello there/ }).waitFor();
  await office.call('POST', `/api/v1/conversations/${id}/transfer`, { agentId: second.agentId });
  await first.page.goto(shared.at('/inbox/all'));
  await row(first.page, 'Ines Kuhn').getByText('You: Hello there').waitFor();
});

inBrowser('what is to be read is counted on my own conversations alone', limit, async () => {
  const office = shared.office();
  const { page, agentId } = await invite(shared, { name: 'Carla', role: 'supervisor' });
  const other = await invite(shared, { name: 'Dora' });
  await hand(office, { name: 'Timo Aalto', text: 'Mine', agentId });
  await hand(office, { name: 'Sven Lund', text: 'Hers', agentId: other.agentId });
  const over = await hand(office, { name: 'Paula Brandt', text: 'Over', agentId });
  await office.call('POST', `/api/v1/conversations/${over.id}/close`, { reason: 'solved' });
  await page.goto(shared.at('/inbox/all'));
  const badge = (name: string) => row(page, name).getByTitle('unread', { exact: false });
  await badge('Timo Aalto').waitFor();
  await row(page, 'Sven Lund').waitFor();
  expect(await badge('Sven Lund').count()).toBe(0);
  await page.goto(shared.at('/inbox/closed'));
  await row(page, 'Paula Brandt').waitFor();
  expect(await badge('Paula Brandt').count()).toBe(0);
});

inBrowser('a conversation that somebody has shows on Live that it is urgent', limit, async () => {
  const office = shared.office();
  const { page, agentId } = await invite(shared, { name: 'Edda', role: 'supervisor' });
  const { id } = await hand(office, { name: 'Pavel Novak', text: 'Quick', agentId });
  await office.call('PATCH', `/api/v1/conversations/${id}`, { priority: 'urgent' });
  await page.goto(shared.at('/live'));
  await page.getByTitle('Move Pavel Novak').getByText('Urgent').waitFor();
});

inBrowser(
  'a guest is found by a part of the name, in the list and the command bar',
  limit,
  async () => {
    const office = shared.office();
    const { id: channelId } = await office.call<{ id: string }>('POST', '/api/v1/channels', {
      ...{ kind: 'webchat', name: 'Our pages' },
    });
    const visitor = await visitShop(shared.browser(), writeSnippet(office.url, channelId));
    await visitor.page.waitForFunction('window.Usher');
    await visitor.say('Is anybody there?');
    const { items } = await office.call<{ items: { contact: { displayName: string } }[] }>(
      'GET',
      `/api/v1/conversations?channelId=${channelId}`,
    );
    const name = items[0]?.contact.displayName ?? '';
    const [colour = '', bird = '', number = ''] = name.split(' ');
    const { page } = await invite(shared, { name: 'Frida', role: 'supervisor' });
    for (const part of [bird.toLowerCase(), `${bird} ${number}`, `${colour} ${bird.slice(0, 3)}`]) {
      await page.goto(shared.at(`/inbox/all?${new URLSearchParams({ q: part })}`));
      await row(page, name).waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').getByRole('combobox').fill(part);
      await page.getByRole('option', { name: new RegExp(name) }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
  },
);

inBrowser(
  'the list of a question in the closing form leaves its error to be read',
  limit,
  async () => {
    const office = shared.office();
    const { call } = office;
    await call('PATCH', '/api/v1/settings', {
      closeForm: [
        { name: 'outcome', label: 'Outcome', type: 'select', required: true, options: ['A', 'B'] },
      ],
    });
    onTestFinished(async () => {
      await call('PATCH', '/api/v1/settings', { closeForm: [] });
    });
    const { page, agentId } = await invite(shared, { name: 'Greta' });
    await hand(office, { name: 'Noor Aziz', text: 'Hi', agentId });
    await openRow(page, 'Noor Aziz');
    await page.keyboard.press('e');
    const dialog = page.getByRole('dialog', { name: 'Close the conversation' });
    await dialog.waitFor();
    await page.keyboard.press('Control+Enter');
    const error = dialog.getByText('This must be answered.');
    await error.waitFor();
    await dialog.getByRole('combobox', { name: 'Outcome' }).press('ArrowDown');
    const list = page.getByRole('listbox');
    await list.waitFor();
    await expect.poll(async () => (await list.boundingBox())?.height ?? 0).toBeGreaterThan(40);
    const [box, under] = await Promise.all([error.boundingBox(), list.boundingBox()]);
    if (box === null || under === null) throw new Error('Nothing is shown.');
    const isApart = under.y >= box.y + box.height || under.y + under.height <= box.y;
    expect(isApart, JSON.stringify({ box, under })).toBe(true);
  },
);

inBrowser('what is typed while a dialog comes stands in its field', limit, async () => {
  const page = await shared.open(null);
  await signIn(page, shared.office());
  await page.goto(shared.at('/inbox/mine'));
  await openRow(page, 'Dewi Lestari');
  for (const { part, key, focus } of [
    { part: 'command-bar', key: 'Control+k', focus: 'Reply' },
    { part: 'transfer-dialog', key: 'a', focus: null },
  ]) {
    const { asked, release } = await holdScript(page, part);
    const reply = page.getByRole('textbox', { name: 'Reply', exact: true });
    if (focus !== null) await reply.focus();
    else await reply.blur();
    await page.keyboard.press(key);
    await asked;
    await page.keyboard.type('bil');
    release();
    const field = page.getByRole('dialog').getByRole('combobox');
    await page.keyboard.type('ling');
    await field.waitFor();
    await expect.poll(() => field.inputValue()).toBe('billing');
    expect(await reply.inputValue()).toBe('');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    if (focus !== null) {
      await expect.poll(() => reply.evaluate((one) => one === document.activeElement)).toBe(true);
    }
    // Once more, when it is there already.
    await page.keyboard.press(key);
    await page.keyboard.type('billing');
    await expect.poll(() => field.inputValue()).toBe('billing');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
});

inBrowser(
  'the audit names what was changed, also what is gone, and shows no raw key',
  limit,
  async () => {
    const { call } = shared.office();
    const team = await call<{ id: string }>('POST', '/api/v1/teams', { name: 'Night shift' });
    await call('DELETE', `/api/v1/teams/${team.id}`);
    const { id } = await call<{ id: string }>('POST', '/api/v1/channels', {
      ...{ kind: 'webchat', name: 'Spring sale' },
    });
    await call('PATCH', `/api/v1/channels/${id}`, { config: { position: 'left' } });
    const page = await shared.open(null);
    await signIn(page, shared.office());
    await page.goto(shared.at('/settings/audit'));
    const entry = (...texts: string[]) =>
      texts.reduce((found, hasText) => found.filter({ hasText }), page.getByRole('row'));
    await entry('Removed a team', 'Night shift').waitFor();
    await entry('Changed a channel', 'Spring sale', 'Corner: Left').first().waitFor();
    const table = (await page.getByRole('cell').allTextContents()).join('\n');
    expect(table).not.toMatch(/\b[a-z]+[A-Z]\w*:/);
    expect(table).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
  },
);
