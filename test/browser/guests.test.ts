// Guests as agents meet them: one name everywhere, where they came from, and a name that agents give. In a browser.
import { expect, onTestFinished, test } from 'vitest';
import { writeSnippet } from '../../web/components/channels/write-snippet.ts';
import { hasBrowser } from './launch-browser.ts';
import { give, invite } from './office-people.ts';
import { shareFilledOffice } from './share-office.ts';
import { visitShop } from './visit-shop.ts';

const shared = shareFilledOffice();
const limit = { timeout: 120_000 };
const inBrowser = test.skipIf(!hasBrowser);

interface Known {
  id: string;
  contact: { id: string; name: string | null; displayName: string; externalId: string };
}

/** A guest writes from a shop's page, and the agent has the conversation. */
async function meetGuest(agentId: string, text: string, said: { name?: string } = {}) {
  const office = shared.office();
  const { call } = office;
  const { id: channelId } = await call<{ id: string }>('POST', '/api/v1/channels', {
    kind: 'webchat',
    name: 'Our pages',
  });
  await call('PATCH', `/api/v1/agents/${agentId}`, { availability: 'online', leaseSeconds: 3600 });
  const visitor = await visitShop(shared.browser(), writeSnippet(office.url, channelId));
  await visitor.page.waitForFunction('window.Usher');
  await visitor.page.evaluate(`Usher('identify', ${JSON.stringify(said)})`);
  await visitor.say(text);
  const { items } = await call<{ items: Known[] }>(
    'GET',
    `/api/v1/conversations?channelId=${channelId}`,
  );
  const [conversation] = items;
  if (conversation === undefined) throw new Error('The guest has no conversation.');
  await give(office, conversation.id, agentId);
  return { visitor, conversation };
}

inBrowser('a guest is called the same wherever one reads of them', limit, async () => {
  const { page, agentId } = await invite(
    shared,
    { name: 'Ilka', role: 'supervisor', capacity: 5 },
    async (fresh) => {
      await fresh.context().grantPermissions(['notifications'], { origin: shared.office().url });
      await fresh.addInitScript(noteTitles);
    },
  );
  const { visitor, conversation } = await meetGuest(agentId, 'Is the teal one in stock?');
  const { id, contact } = conversation;
  const name = contact.displayName;
  expect(name).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+ \d{1,3}$/);
  expect(contact.name).toBeNull();
  const known = await shared
    .office()
    .call<{ displayName: string }>('GET', `/api/v1/contacts/${contact.id}`);
  expect(known.displayName).toBe(name);

  await page.goto(shared.at('/inbox/mine'));
  const row = page.getByRole('listitem').filter({ hasText: name });
  await row.getByRole('link').click();
  await page.getByRole('heading', { name, level: 1 }).waitFor();
  await page.getByRole('textbox', { name: 'Reply', exact: true }).waitFor();
  await page.getByPlaceholder(`Write to ${name}…`).waitFor();
  await page.getByRole('log').getByRole('group', { name }).waitFor();
  await page.getByLabel('About this conversation').getByText(name).first().waitFor();

  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill(name.toLowerCase());
  await page.getByRole('dialog').getByRole('option').getByText(name).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  await page.goto(shared.at('/live'));
  await page.getByTitle(`Move ${name}`).waitFor();
  await page.evaluate(() => {
    (window as unknown as Noted).away = true;
    localStorage.setItem('usher.alerts', JSON.stringify({ sound: false, desktop: true }));
  });
  await visitor.say('Hello?');
  await expect
    .poll(() => page.evaluate(() => (window as unknown as Noted).titles), { timeout: 15_000 })
    .toContain(name);
  await page.evaluate(() => {
    (window as unknown as Noted).away = false;
  });
  await page.getByTitle(`Move ${name}`).click();
  await page.getByRole('menuitem', { name: 'Back to the queue' }).click();
  await page
    .getByRole('dialog', { name: 'Back to the queue' })
    .getByRole('button', { name: 'Back to the queue' })
    .click();
  await page.getByText(`${name} is back in the queue.`).waitFor();
  const shown = await page.locator('body').textContent();
  expect(shown).not.toContain(contact.externalId);
  expect(id).not.toBe('');
});

inBrowser(
  'where a guest came from stands beside the chat, and a name they get',
  limit,
  async () => {
    const { page, agentId } = await invite(shared, { name: 'Jorun', capacity: 5 });
    const colleague = await invite(shared, { name: 'Kaja' });
    const { visitor, conversation } = await meetGuest(agentId, 'Good evening');
    onTestFinished(() => colleague.page.context().close());
    const { id, contact } = conversation;
    await colleague.page.goto(shared.at('/inbox/all'));
    await colleague.page.getByRole('listitem').filter({ hasText: contact.displayName }).waitFor();
    await page.goto(shared.at(`/inbox/mine/${id}`));
    const panel = page.getByLabel('About this conversation');
    await panel.getByText(new URL(visitor.page.url()).href).waitFor();
    await panel.getByText(/^Chrome · /).waitFor();
    await panel.getByText('American English').waitFor();

    await panel.getByRole('button', { name: 'Name the customer' }).click();
    const field = panel.getByRole('textbox', { name: 'What the customer is called' });
    await field.fill('Wanda with the bicycle');
    await field.press('Enter');
    await page.getByRole('heading', { name: 'Wanda with the bicycle', level: 1 }).waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Wanda with the bicycle' }).waitFor();
    await colleague.page
      .getByRole('listitem')
      .filter({ hasText: 'Wanda with the bicycle' })
      .waitFor();

    await panel.getByRole('button', { name: 'Name the customer' }).click();
    await field.fill('');
    await field.press('Enter');
    await page.getByRole('heading', { name: contact.displayName, level: 1 }).waitFor();
  },
);

inBrowser(
  'a name that the company has not proved is said to be so wherever one reads it',
  limit,
  async () => {
    const { page, agentId } = await invite(
      shared,
      { name: 'Mirja', role: 'supervisor', capacity: 5 },
      async (fresh) => {
        await fresh.context().grantPermissions(['notifications'], { origin: shared.office().url });
        await fresh.addInitScript(noteTitles);
      },
    );
    const name = 'Director Wang';
    const { visitor, conversation } = await meetGuest(agentId, 'Send me the file.', { name });
    const mark = { name: 'Not proved' };
    await page.goto(shared.at(`/inbox/mine/${conversation.id}`));
    const row = page.getByRole('listitem').filter({ hasText: name });
    await row.getByRole('img', mark).waitFor();
    const head = page
      .locator('header')
      .filter({ has: page.getByRole('heading', { name, level: 1 }) });
    await head.getByRole('img', mark).waitFor();
    await page.getByLabel('About this conversation').getByText('Not proved').waitFor();
    await page.getByPlaceholder(`Write to ${name} (not proved)…`).waitFor();

    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').fill(name);
    const option = page.getByRole('dialog').getByRole('option').filter({ hasText: name });
    await option.getByRole('img', mark).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await page.goto(shared.at('/live'));
    await page.getByTitle(`Move ${name}`).getByRole('img', mark).waitFor();
    await page.evaluate(() => {
      (window as unknown as Noted).away = true;
      localStorage.setItem('usher.alerts', JSON.stringify({ sound: false, desktop: true }));
    });
    await visitor.say('Now.');
    await expect
      .poll(() => page.evaluate(() => (window as unknown as Noted).titles), { timeout: 15_000 })
      .toContain(`${name} (not proved)`);
    await page.evaluate(() => {
      (window as unknown as Noted).away = false;
    });
    await page.getByTitle(`Move ${name}`).click();
    await page.getByRole('menuitem', { name: 'Back to the queue' }).click();
    await page
      .getByRole('dialog', { name: 'Back to the queue' })
      .getByRole('button', { name: 'Back to the queue' })
      .click();
    await page.getByText(`${name} (not proved) is back in the queue.`).waitFor();
  },
);

interface Noted {
  away: boolean;
  titles: string[];
}

/** In the page: notes what notifications are called, and shows them all the same. */
function noteTitles(): void {
  const noted: Noted = { away: false, titles: [] };
  Object.assign(window, noted);
  Object.defineProperty(document, 'hidden', { get: () => (window as unknown as Noted).away });
  window.Notification = new Proxy(window.Notification, {
    construct(target, args: [string, NotificationOptions?]) {
      noted.titles.push(args[0]);
      return Reflect.construct(target, args);
    },
  });
}
