// What an admin sets in the back office: saved, told to who needs it, and not lost on the way.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { hasBrowser } from './launch-browser.ts';
import { shareOffice, startTestOffice } from './share-office.ts';

const shared = shareOffice(() => startTestOffice());
const limit = { timeout: 120_000 };
const inBrowser = test.skipIf(!hasBrowser);

interface Channel {
  id: string;
  weight: number;
  config: Record<string, unknown>;
}
const makeChannel = (body: Record<string, unknown>) =>
  shared.office().call<Channel>('POST', '/api/v1/channels', body);
const readChannel = ({ id }: Channel) =>
  shared.office().call<Channel>('GET', `/api/v1/channels/${id}`);
const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option }).click();
}
/** Until the server has taken it. */
async function save(page: Page, name: string): Promise<void> {
  const button = card(page, name).getByRole('button', { name: 'Save' });
  const taken = page.waitForResponse((answer) =>
    ['PATCH', 'PUT'].includes(answer.request().method()),
  );
  await button.click();
  expect((await taken).status()).toBe(200);
  await expect.poll(() => button.isDisabled()).toBe(true);
}

inBrowser('a pre-chat form and an offline text reach the widget', limit, async () => {
  const channel = await makeChannel({ kind: 'webchat', name: 'Our pages' });
  const page = await shared.openAsAdmin(`/settings/channels/${channel.id}`);
  const form = card(page, 'Pre-chat form');
  await form.getByRole('switch', { name: 'Ask before the chat' }).click();
  await form.getByRole('button', { name: 'Add a question' }).click();
  await form.getByRole('textbox', { name: 'Question' }).fill('Your order');
  await form.getByRole('textbox', { name: 'Name of the field' }).fill('order no');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('Letters, digits and _ only, a letter first.').waitFor();
  await form.getByRole('textbox', { name: 'Name of the field' }).fill('order_no');
  await form.getByRole('checkbox', { name: 'Must be answered' }).click();
  await save(page, 'Pre-chat form');
  const offline = card(page, 'Offline form');
  await offline.getByRole('switch', { name: 'Ask for a message' }).click();
  await offline.getByRole('textbox', { name: 'Text' }).fill('Back at nine.');
  await save(page, 'Offline form');

  const answer = await fetch(shared.at(`/widget/config?channelId=${channel.id}`));
  expect(await answer.json()).toMatchObject({
    preChat: { enabled: true, fields: [{ name: 'order_no', label: 'Your order', required: true }] },
    offline: { enabled: true, text: 'Back at nine.' },
  });
});

inBrowser('an identity secret, the acceptance, guests and the weight are set', limit, async () => {
  const channel = await makeChannel({ kind: 'webchat', name: 'Members' });
  const page = await shared.openAsAdmin(`/settings/channels/${channel.id}`);
  const visitors = card(page, 'Visitors');
  await choose(page, 'Who starts a conversation', 'The agent accepts it first');
  await visitors.getByRole('switch', { name: 'Refuse guests' }).click();
  await visitors.getByRole('switch', { name: 'Old clients without credentials' }).click();
  await visitors.getByRole('button', { name: 'Set a new one: Identity secret' }).click();
  const secret = visitors.getByLabel('Identity secret').and(visitors.locator('input'));
  await secret.fill('short');
  await visitors.getByRole('button', { name: 'Save' }).click();
  await visitors.getByText('Write at least 8 characters.').waitFor();
  await secret.fill('a secret of the members');
  await save(page, 'Visitors');
  // While it is saving the button is disabled too.
  await secret.waitFor({ state: 'detached' });
  await page.getByRole('textbox', { name: 'Weight' }).fill('3');
  await save(page, 'Settings of the channel');

  const { weight, config } = await readChannel(channel);
  expect({ weight, ...config }).toMatchObject({
    weight: 3,
    acceptance: 'manual',
    requireIdentity: true,
    anonymousVisitors: true,
  });
  const { rows } = await shared
    .office()
    .pool.query('select 1 from audit_entry where object_id = $1 and change::text like $2', [
      channel.id,
      '%widgetSecret%',
    ]);
  expect(rows).toHaveLength(1);
});

inBrowser('RapidPro’s options are set', limit, async () => {
  const rapidpro = await makeChannel({ kind: 'rapidpro', name: 'TextIt' });
  const page = await shared.openAsAdmin(`/settings/channels/${rapidpro.id}`);
  await choose(page, 'A second ticket of the same contact', 'Refuse the new ticket');
  await choose(page, 'An unknown department', 'Refuse the ticket');
  await save(page, 'Tickets of RapidPro');
  expect((await readChannel(rapidpro)).config).toMatchObject({
    onSecondTicket: 'refuse',
    unknownDepartment: 'refuse',
  });
});

inBrowser('what happens to a web chat when nobody is online is chosen', limit, async () => {
  const page = await shared.openAsAdmin('/settings/routing/defaults');
  await choose(page, 'A web chat when nobody is online', 'It ends at once');
  const taken = page.waitForResponse((answer) => answer.request().method() === 'PUT');
  await page.getByRole('button', { name: 'Put in force' }).click();
  expect((await taken).status()).toBe(200);
  const { policy } = await shared
    .office()
    .call<{ policy: Record<string, unknown> }>('GET', '/api/v1/policy');
  expect(policy.whenNobodyOnline).toBe('abort');
});

inBrowser('the language of words is chosen, and left open again', limit, async () => {
  const page = await shared.openAsAdmin('/settings/routing/defaults');
  const putInForce = async () => {
    const taken = page.waitForResponse((answer) => answer.request().method() === 'PUT');
    await page.getByRole('button', { name: 'Put in force' }).click();
    expect((await taken).status()).toBe(200);
    const answer = await shared
      .office()
      .call<{ policy: Record<string, unknown> }>('GET', '/api/v1/policy');
    return answer.policy;
  };
  await choose(page, 'Language of words', 'Indonesian');
  expect(await putInForce()).toMatchObject({ language: 'id' });
  await choose(page, 'Language of words', 'The first that each text is written in');
  expect(await putInForce()).not.toHaveProperty('language');
});

inBrowser('a page with unsaved changes is left only when that is wanted', limit, async () => {
  const channel = await makeChannel({ kind: 'webchat', name: 'Draft' });
  const page = await shared.openAsAdmin(`/settings/channels/${channel.id}`);
  await page.getByRole('textbox', { name: 'App code' }).fill('shop-1');
  const away = page.getByRole('link', { name: 'Tags' });
  await away.click();
  const asks = page.getByRole('dialog', { name: 'Not saved yet' });
  await asks.getByRole('button', { name: 'Stay' }).click();
  expect(await page.getByRole('textbox', { name: 'App code' }).inputValue()).toBe('shop-1');
  await away.click();
  await asks.getByRole('button', { name: 'Leave without saving' }).click();
  await page.getByRole('heading', { name: 'Tags', level: 1 }).waitFor();
  expect((await readChannel(channel)).config.appCode).toBeUndefined();
});

inBrowser('several forms with unsaved changes ask once', limit, async () => {
  const channel = await makeChannel({ kind: 'webchat', name: 'Two drafts' });
  const page = await shared.openAsAdmin(`/settings/channels/${channel.id}`);
  await page.getByRole('textbox', { name: 'App code' }).fill('shop-2');
  await card(page, 'Visitors').getByRole('switch', { name: 'Refuse guests' }).click();
  await page.getByRole('link', { name: 'Tags' }).click();
  const asks = page.getByRole('dialog', { name: 'Not saved yet' });
  await asks.getByRole('button', { name: 'Leave without saving' }).click();
  await page.getByRole('heading', { name: 'Tags', level: 1 }).waitFor();
  expect(await asks.count()).toBe(0);
});

inBrowser('cards of the workspace’s rules ask too, also within a dialog', limit, async () => {
  const page = await shared.openAsAdmin('/settings/security');
  const asks = page.getByRole('dialog', { name: 'Not saved yet' });
  const leave = async (to: string) => {
    await page.getByRole('link', { name: to, exact: true }).click();
    await asks.getByRole('button', { name: 'Leave without saving' }).click();
    await page.getByRole('heading', { name: to, level: 1 }).waitFor();
  };
  await card(page, 'Second factor').getByRole('checkbox', { name: 'Supervisor' }).click();
  await leave('Routing');
  await page.getByRole('link', { name: 'Defaults' }).click();
  await page.getByRole('textbox', { name: 'Default capacity' }).fill('7');
  await leave('Data and branding');
  await card(page, 'Who sees what').getByRole('radio').nth(1).click();
  await leave('Tags');
  await page.getByRole('button', { name: 'Add' }).first().click();
  await page.getByRole('textbox', { name: 'Name' }).fill('half a ta');
  await page.goBack();
  await asks.getByRole('button', { name: 'Stay' }).click();
  expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('half a ta');
});

inBrowser(
  'the line to paste stands, and is copied, on the page of a web chat channel',
  limit,
  async () => {
    const channel = await makeChannel({ kind: 'webchat', name: 'To paste' });
    const page = await shared.openAsAdmin(`/settings/channels/${channel.id}`);
    const snippet = page.getByRole('group', { name: 'Paste this line before </head>.' });
    const line = (await snippet.locator('code').textContent()) ?? '';
    await page.goto(shared.at(`/settings/widget?channel=${channel.id}`));
    await page.getByText(line).waitFor();
    expect(line).toContain(`data-channel-id="${channel.id}"`);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const card = page.getByRole('group', { name: 'HTML' });
    await card.getByRole('button', { name: 'Copy' }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(line);
  },
);

inBrowser('the audit tells of a changed closing form in words', limit, async () => {
  const closeForm = ['Order', 'Solved by'].map((label, index) => ({
    ...{ name: `f${index}`, label, type: 'text', required: false },
  }));
  await shared.office().call('PATCH', '/api/v1/settings', { closeForm });
  const page = await shared.openAsAdmin('/settings/audit');
  await page.getByText('Closing form: 2 questions (Order, Solved by)').waitFor();
});

inBrowser('a token that is shown once is put away by its button alone', limit, async () => {
  const page = await shared.openAsAdmin('/settings/tokens');
  await page.getByRole('button', { name: 'New token' }).first().click();
  await page.getByRole('textbox', { name: 'Name' }).fill('A program');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  const made = page.getByRole('dialog', { name: 'The token is made' });
  await made.waitFor();
  await page.keyboard.press('Escape');
  await page.mouse.click(5, 5);
  await made.getByRole('button', { name: 'Done' }).click();
  await made.waitFor({ state: 'detached' });
});

inBrowser(
  'on a phone the strip of pages shows where one is, on a page below too',
  limit,
  async () => {
    const channel = await makeChannel({ kind: 'webchat', name: 'On a phone' });
    const page = await shared.openAsAdmin(`/settings/channels/${channel.id}`, {
      width: 390,
      language: 'pt-BR',
    });
    const { x = -1, width = 0 } =
      (await page.getByRole('link', { name: 'Canais', exact: true }).boundingBox()) ?? {};
    expect([x >= 0, x + width <= 390]).toEqual([true, true]);
  },
);

inBrowser('a channel whose connection fails says so in words, and what to do', limit, async () => {
  const channel = await makeChannel({
    ...{ kind: 'qiscus', name: 'Nobody there', secrets: { secretKey: 'a-key' } },
    config: { baseUrl: 'http://127.0.0.1:65001', appId: 'nobody-there' },
  });
  const page = await shared.openAsAdmin(`/settings/channels/${channel.id}`);
  const note = page.getByRole('alert').filter({ hasText: 'Needs attention' });
  await note.getByText('The connection failed').waitFor();
  await note.getByText(/the app id and the secret key under “Connection to Qiscus”/).waitFor();
});

inBrowser('signing out everywhere is asked about', limit, async () => {
  const page = await shared.openAsAdmin('/profile');
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  const asks = page.getByRole('dialog', { name: 'Sign out everywhere' });
  await asks.getByText(/Ends every session of yours/).waitFor();
  await asks.getByRole('button', { name: 'Cancel' }).click();
  await asks.waitFor({ state: 'detached' });
  await page.reload();
  await page.getByRole('heading', { name: 'Your profile' }).waitFor();
});

inBrowser('a channel is switched off and on', limit, async () => {
  const channel = await makeChannel({ kind: 'webchat', name: 'Closed for now' });
  const page = await shared.openAsAdmin(`/settings/channels/${channel.id}`);
  const asked = () => fetch(shared.at(`/widget/config?channelId=${channel.id}`));
  const control = page.getByRole('switch', { name: 'Switched on' });
  await control.click();
  await page.getByText('Switched off', { exact: true }).waitFor();
  expect((await asked()).status).toBe(404);
  await control.click();
  await page.getByText('Ready', { exact: true }).waitFor();
  expect((await asked()).status).toBe(200);
});
