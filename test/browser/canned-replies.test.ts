// Canned replies as an admin writes them and an agent sends them, in a browser on the real server.
import { expect, test } from 'vitest';
import { writeSnippet } from '../../web/components/channels/write-snippet.ts';
import { signIn } from './browse-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { give, invite } from './office-people.ts';
import { shareFilledOffice } from './share-office.ts';
import { visitShop } from './visit-shop.ts';

const shared = shareFilledOffice();
const limit = { timeout: 120_000 };
const inBrowser = test.skipIf(!hasBrowser);

inBrowser('what nobody fills is refused at its field, and by the API in words', limit, async () => {
  const office = shared.office();
  const page = await shared.open(null);
  await signIn(page, office);
  await page.goto(shared.at('/settings/replies'));
  await page.getByRole('button', { name: 'New canned reply' }).click();
  const dialog = page.getByRole('dialog', { name: 'New canned reply' });
  await dialog.getByLabel('Shortcut').fill('welcome');
  const text = dialog.getByLabel('Text');
  await text.fill('Hello {nmae|there}, this is {agent}.');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('Nobody fills {nmae}. Write {name} or {agent}.').waitFor();
  await text.fill('Hello {name|there}, this is {agent}.');
  const preview = dialog.getByRole('group', { name: 'Preview' });
  await preview.getByText('Hello Sari, this is Ana Pereira.').waitFor();
  await preview.getByText('Hello there, this is Ana Pereira.').waitFor();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('/welcome').waitFor();
  await page.context().close();

  const body = { shortcut: 'dear', text: 'Dear {customer}, {agent} here, see {link}.' };
  const refusal = await office
    .call('POST', '/api/v1/canned-replies', body)
    .catch((error: Error) => error.message);
  expect(refusal).toContain('400');
  expect(refusal).toContain('canned-reply.placeholder-unknown');
  expect(refusal).toContain('Nobody fills {customer}, {link} in the text');
  const kept = await office.call<{ items: { id: string; shortcut: string }[] }>(
    'GET',
    '/api/v1/canned-replies',
  );
  const moment = kept.items.find(({ shortcut }) => shortcut === 'moment');
  const change = office.call('PATCH', `/api/v1/canned-replies/${moment?.id}`, {
    text: 'One moment, {Name}.',
  });
  await expect(change).rejects.toThrow('Nobody fills {Name} in the text');
});

inBrowser('a guest without a name is greeted, as the menu shows it before', limit, async () => {
  const office = shared.office();
  const { id: channelId } = await office.call<{ id: string }>('POST', '/api/v1/channels', {
    kind: 'webchat',
    name: 'Our pages',
  });
  await office.call('POST', '/api/v1/canned-replies', {
    shortcut: 'greet',
    text: 'Hello {name|there}, this is {agent}.',
  });
  const { page, agentId } = await invite(shared, { name: 'Budi', capacity: 5 });
  await office.call('PATCH', `/api/v1/agents/${agentId}`, {
    availability: 'online',
    leaseSeconds: 3600,
  });
  const visitor = await visitShop(shared.browser(), writeSnippet(office.url, channelId));
  await visitor.say('Anybody here?');
  const [conversation] = (
    await office.call<{ items: { id: string }[] }>(
      'GET',
      `/api/v1/conversations?channelId=${channelId}`,
    )
  ).items;
  await give(office, conversation?.id ?? '', agentId);
  await page.goto(shared.at(`/inbox/mine/${conversation?.id}`));
  const reply = page.getByRole('textbox', { name: 'Reply', exact: true });
  await reply.fill('/greet');
  await page.getByRole('option').getByText('Hello there, this is Budi.').waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => reply.inputValue()).toBe('Hello there, this is Budi.');
  // What was written before there were fallbacks says nothing that is not there.
  await reply.fill('/hello');
  await page.getByRole('option').getByText('Hello, my name is Budi.').waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => reply.inputValue()).toBe('Hello, my name is Budi. How can I help?');
  await page.keyboard.press('Enter');
  await visitor.frame.getByText('Hello, my name is Budi. How can I help?').waitFor();
});
