// An admin adds a bot, puts it first in a plan, and sees on every screen that it is no person.
import { expect, test } from 'vitest';
import type { Agent } from '../../src/contract/agents.ts';
import { settle, signIn } from './browse-office.ts';
import { openRouting, putInForce } from './draw-routing.ts';
import { hasBrowser } from './launch-browser.ts';
import { expectAccessible } from './open-browser.ts';
import { shareOffice, startTestOffice } from './share-office.ts';

const limit = { timeout: 120_000 };
const inBrowser = test.skipIf(!hasBrowser);
const URL_OF_BOT = 'http://127.0.0.1:8099/bot';

const shared = shareOffice(() => startTestOffice());

const findBot = async () => {
  const { items } = await shared.office().call<{ items: Agent[] }>('GET', '/api/v1/agents');
  return items.find(({ kind }) => kind === 'bot');
};

inBrowser(
  'a bot is added with its webhook, is first in a plan with its words, and is told apart in Live',
  limit,
  async () => {
    const page = await shared.open('/sign-in');
    await signIn(page, shared.office());
    await page.goto(shared.at('/settings/people'));
    await page.getByRole('button', { name: 'Add a bot' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Botty');
    await page.getByRole('textbox', { name: 'Webhook' }).fill(URL_OF_BOT);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page);
    }
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('cell', { name: '127.0.0.1:8099' }).waitFor();
    const bot = await findBot();
    expect(bot).toMatchObject({ name: 'Botty', capacity: 100, availability: 'online' });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page);
    }
    await page.context().close();

    const plans = await openRouting(shared, 'plans');
    await plans.getByRole('button', { name: /Everybody at once/ }).click();
    const name = plans.getByRole('textbox', { name: 'Name', exact: true });
    await name.fill('Shop');
    await name.press('Tab');
    await plans.getByRole('switch', { name: 'Bot first', exact: true }).check({ force: true });
    await plans.getByRole('combobox', { name: 'Words that ask for a person' }).fill('human');
    await plans.getByRole('combobox', { name: 'Words that ask for a person' }).press('Enter');
    await plans.getByRole('textbox', { name: 'Turns, at most' }).fill('7');
    await plans.getByText(/^Botty is first; silent for/).waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await plans.emulateMedia({ colorScheme });
      await expectAccessible(plans);
    }
    await putInForce(plans);
    const { policy } = await shared
      .office()
      .call<{ policy: { plans: object[] } }>('GET', '/api/v1/policy');
    expect(policy.plans).toMatchObject([
      { name: 'Shop', bot: { agent: bot?.id, words: ['human'], replies: 7 } },
    ]);
    await plans.goto(shared.at('/live'));
    await settle(plans);
    await plans.getByRole('cell', { name: 'Botty Bot' }).waitFor();
    await plans.context().close();
  },
);

inBrowser(
  'a bot is changed, paused and removed in its row: before that it says who gets what it holds, and they do',
  limit,
  async () => {
    const { call } = shared.office();
    const { items } = await call<{ items: Agent[] }>('GET', '/api/v1/agents');
    for (const { id, kind } of items) {
      if (kind === 'bot') await call('DELETE', `/api/v1/agents/${id}`);
    }
    const bot = await call<Agent>('POST', '/api/v1/agents', {
      ...{ name: 'Helper', kind: 'bot', availability: 'online' },
    });
    const channel = await call<{ id: string }>('POST', '/api/v1/channels', {
      ...{ kind: 'api', name: 'Calls' },
    });
    const { id } = await call<{ id: string }>(
      ...([
        'POST',
        `/api/v1/channels/${channel.id}/conversations`,
        { externalId: 'held', contact: { externalId: 'rex', name: 'Rex' } },
      ] as const),
    );
    await call('POST', `/api/v1/conversations/${id}/assign`, { agentId: bot.id, force: true });
    const { token } = await call<{ token: string }>('POST', '/api/v1/tokens', {
      ...{ name: 'Helper', role: 'agent', agentId: bot.id },
    });
    const noted = await fetch(shared.at(`/api/v1/conversations/${id}/notes`), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'Order 17 is on its way.' }),
    });
    expect(noted.status).toBe(201);
    const page = await shared.open('/sign-in', { width: 390 });
    await signIn(page, shared.office());
    await page.goto(shared.at(`/inbox/all/${id}`));
    await page.getByRole('heading', { name: 'Rex', level: 1 }).waitFor();
    await page.getByText('Bot', { exact: true }).first().waitFor();
    const note = page.getByRole('group', { name: 'Helper' });
    await note.getByText('Order 17 is on its way.').waitFor();
    await note.getByText('Bot', { exact: true }).waitFor();

    await page.goto(shared.at('/settings/people'));
    const menu = async (item: string) => {
      await page.getByRole('button', { name: 'More for Helper' }).click();
      await page.getByRole('menuitem', { name: item }).click();
    };
    await menu('Edit');
    const form = page.getByRole('dialog', { name: 'Edit Helper' });
    await form.getByRole('textbox', { name: 'Capacity' }).fill('7');
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByText('1 / 7', { exact: true }).waitFor();
    await menu('Remove');
    const asked = page.getByRole('dialog', { name: 'Remove' });
    await asked.getByText('People get what Helper holds first (1).').waitFor();
    await expectAccessible(page);
    await asked.getByRole('button', { name: 'Cancel' }).click();
    await asked.waitFor({ state: 'detached' });
    await menu('Pause');
    const paused = page.getByRole('dialog', { name: 'Pause' });
    await paused.getByText('People get what Helper holds now (1)').waitFor();
    await paused.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused', { exact: true }).waitFor();
    const agentOf = async () =>
      (await call<{ agentId: string | null }>('GET', `/api/v1/conversations/${id}`)).agentId;
    await expect.poll(agentOf).not.toBe(bot.id);
    await menu('Switch on');
    await page.getByText('On', { exact: true }).waitFor();
    await menu('Remove');
    await page
      .getByRole('dialog', { name: 'Remove' })
      .getByText('Helper and its webhook are removed')
      .waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Helper is removed.').waitFor();
    expect(await findBot()).toBeUndefined();
    await page.context().close();
  },
);
