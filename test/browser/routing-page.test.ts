// A supervisor changes how conversations are routed, on the Routing page alone.
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import type { PolicyDocument } from '../../src/contract/policy/document.ts';
import { makeRule } from '../../web/components/rules/rule-list.ts';
import { settle } from './browse-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { invite } from './office-people.ts';
import { expectAccessible } from './open-browser.ts';
import { shareOffice, startTestOffice } from './share-office.ts';

const shared = shareOffice(() => startTestOffice());
const limit = { timeout: 120_000 };
const inBrowser = test.skipIf(!hasBrowser);

interface Version {
  version: number;
  policy: PolicyDocument;
}
const read = () => shared.office().call<Version>('GET', '/api/v1/policy?names=true');
async function put(change: Partial<PolicyDocument>): Promise<void> {
  const { policy } = await read();
  await shared.office().call('PUT', '/api/v1/policy', { ...policy, ...change });
}
const plan = (name: string) => ({ name, steps: [{ after: 0 }] });
const rule = (name: string) => makeRule(name, { field: 'source', is: name }, { plan: 'Day' });
const last = makeRule('Everybody else', undefined, { plan: 'Day' });
const withRules = (...names: string[]) => ({
  plans: [plan('Day')],
  rules: [...names.map(rule), last],
});
const bar = (page: Page) => page.getByRole('region', { name: 'Draft of the routing' });
const listed = (page: Page) =>
  page.getByRole('list', { name: 'Rules' }).getByRole('button', { name: /^Edit rule/ });
const namesIn = (page: Page) => listed(page).allTextContents();
const choose = async (page: Page, label: string, option: string) => {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
};

inBrowser(
  'a rule is written, and a conversation goes by it once it is in force',
  limit,
  async () => {
    await put({ rules: [], plans: [] });
    const { call } = shared.office();
    const channel = await call<{ id: string }>('POST', '/api/v1/channels', {
      ...{ kind: 'api', name: 'Our own program' },
    });
    const path = `/api/v1/channels/${channel.id}/conversations`;
    const { id } = await call<{ id: string }>('POST', path, {
      externalId: 'case-1',
      contact: { externalId: 'rex', name: 'Rex', attributes: { pet: 'sick' } },
    });
    const page = await shared.openAsAdmin('/settings/routing');
    await page.getByRole('button', { name: 'Begin with this: Gold customers first' }).click();
    expect(await namesIn(page)).toEqual(['Gold customers', 'Everybody else']);
    await page.getByRole('button', { name: 'New rule' }).click();
    const form = page.getByRole('dialog', { name: 'New rule' });
    await form.getByRole('textbox', { name: 'Name' }).fill('Sick pets');
    await form.getByRole('button', { name: 'Condition', exact: true }).click();
    await choose(page, 'What is looked at', 'The contact’s attribute …');
    await form.getByRole('textbox', { name: 'Name of the attribute' }).fill('pet');
    await form.getByRole('textbox', { name: 'Compared with' }).fill('sick');
    await form.getByText('When the contact’s attribute pet is sick').waitFor();
    await expectAccessible(page);
    await choose(page, 'Priority', 'Urgent');
    await form.getByRole('button', { name: 'Take it into the draft' }).click();
    await form.waitFor({ state: 'detached' });
    expect(await namesIn(page)).toEqual(['Gold customers', 'Sick pets', 'Everybody else']);
    await expectAccessible(page);
    expect((await read()).policy.rules ?? []).toEqual([]);
    await bar(page).getByRole('button', { name: 'Preview' }).click();
    const preview = page.getByRole('dialog', { name: 'Preview' });
    await preview.getByText('Rule “Sick pets”: added').waitFor();
    await preview
      .getByText('Of the 1 that wait and the 0 last ones, 1 would go elsewhere.')
      .waitFor();
    const moved = preview.getByRole('row').filter({ hasText: 'Rex' });
    await moved.getByText('plan Default, priority Urgent').waitFor();
    expect(await moved.getByRole('link').getAttribute('href')).toBe(`/inbox/all/${id}`);
    await expectAccessible(page);
    await preview.getByRole('button', { name: 'Put in force' }).click();
    await page.getByText(/Version \d+ is in force/).waitFor();
    await bar(page).waitFor({ state: 'detached' });

    const priority = async () =>
      (await call<{ priority: string }>('GET', `/api/v1/conversations/${id}`)).priority;
    await expect.poll(priority, { timeout: 10_000 }).toBe('urgent');
  },
);

inBrowser('what is in force is taken back by one button', limit, async () => {
  await put(withRules('first'));
  const page = await shared.openAsAdmin('/settings/routing/defaults');
  const field = page.getByRole('textbox', { name: 'After being away for' });
  const { version, policy } = await read();
  await field.fill(String(policy.leaveGraceSeconds + 30));
  await bar(page).getByText('1 change').waitFor();
  await bar(page).getByRole('button', { name: 'Put in force' }).click();
  await page.getByText(`Version ${version + 1} is in force.`).waitFor();
  expect((await read()).policy.leaveGraceSeconds).toBe(policy.leaveGraceSeconds + 30);
  await page.getByRole('alert').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => (await read()).version).toBe(version + 2);
  expect((await read()).policy).toEqual(policy);
});

inBrowser('an old version is looked at, and put in force again', limit, async () => {
  await put(withRules('first'));
  const { version, policy } = await read();
  await put(withRules('first', 'second'));
  const page = await shared.openAsAdmin('/settings/routing/versions');
  const row = page.getByRole('row').filter({ hasText: 'Rule “second”: added' }).first();
  await row.getByText('Ana').waitFor();
  await page.getByRole('button', { name: `Open version ${version}`, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: `Version ${version}` });
  await dialog.getByText('Rule “second”: removed').waitFor();
  await dialog.getByText('When the source is first').waitFor();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Put in force again' }).click();
  await expect.poll(async () => (await read()).version).toBe(version + 2);
  expect((await read()).policy).toEqual(policy);
});

inBrowser(
  'a draft is there after a reload, and its steps are taken back and again',
  limit,
  async () => {
    await put(withRules('first', 'second'));
    const page = await shared.openAsAdmin('/settings/routing/rules');
    await page.getByRole('button', { name: 'More for second' }).click();
    await page.getByRole('menuitem', { name: 'Move up' }).click();
    await bar(page).getByText('1 change').waitFor();
    await page.reload();
    await bar(page).getByText('1 change').waitFor();
    expect(await namesIn(page)).toEqual(['second', 'first', 'Everybody else']);
    await page.getByRole('button', { name: 'More for first' }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await expect.poll(() => namesIn(page)).toEqual(['second', 'Everybody else']);
    await bar(page).getByRole('button', { name: 'Undo' }).click();
    expect(await namesIn(page)).toEqual(['second', 'first', 'Everybody else']);
    await bar(page).getByRole('button', { name: 'Redo' }).click();
    expect(await namesIn(page)).toEqual(['second', 'Everybody else']);
    await bar(page).getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
    await bar(page).waitFor({ state: 'detached' });
    expect(await namesIn(page)).toEqual(['first', 'second', 'Everybody else']);
  },
);

inBrowser(
  'what is wrong with a condition is said below it in the language of the page, and its field is marked',
  limit,
  async () => {
    await put(withRules('first', 'second'));
    const page = await shared.openAsAdmin('/settings/routing/rules', { language: 'pt-BR' });
    await page.getByRole('button', { name: 'Editar a regra second' }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('button', { name: 'Condição', exact: true }).click();
    const attribute = form.getByRole('combobox', { name: 'O que é observado' }).nth(1);
    await attribute.click();
    await page.getByRole('option', { name: 'O atributo … do contato' }).click();
    const name = form.getByRole('textbox', { name: 'Nome do atributo' });
    await expect.poll(() => name.getAttribute('aria-invalid')).toBe('true');
    const said = await name.getAttribute('aria-errormessage');
    expect(await form.locator(`[id="${said}"]`).textContent()).toContain('Não está dito');
    expect(
      await form
        .getByRole('textbox', { name: 'Comparado com' })
        .first()
        .getAttribute('aria-invalid'),
    ).not.toBe('true');
    await expectAccessible(page);
    await name.fill('tier');
    await expect.poll(() => form.getByText('Não está dito').count()).toBe(0);
  },
);

inBrowser(
  'rules are moved by the keyboard, and the one for everybody else stays last',
  limit,
  async () => {
    await put(withRules('first', 'second', 'third'));
    const page = await shared.openAsAdmin('/settings/routing/rules');
    expect(await page.getByRole('button', { name: 'Move Everybody else' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Move first' }).focus();
    await page.keyboard.press('Space');
    await page.getByText('first is picked up at place 1 of 4.').waitFor({ state: 'attached' });
    await page.keyboard.press('ArrowDown');
    await page.getByText('first is over place 2 of 4.').waitFor({ state: 'attached' });
    await page.keyboard.press('Space');
    await expect.poll(() => namesIn(page)).toEqual(['second', 'first', 'third', 'Everybody else']);
    expect(
      await page
        .getByRole('button', { name: 'Move first' })
        .evaluate((one) => one === document.activeElement),
    ).toBe(true);
  },
);

inBrowser(
  'a newer version of somebody else is shown, and both changes are put together',
  limit,
  async () => {
    await put(withRules('first', 'second'));
    const page = await shared.openAsAdmin('/settings/routing/rules');
    await page.getByRole('button', { name: 'More for first' }).click();
    await page.getByRole('menuitem', { name: 'Copy' }).click();
    await bar(page).getByText('1 change').waitFor();
    await put({ leaveGraceSeconds: 77 });
    const note = page.getByRole('alert').filter({ hasText: 'while you were editing' });
    await note.getByText('After being away for: ').waitFor();
    await note.getByText('Ana').first().waitFor();
    expect(await bar(page).getByRole('button', { name: 'Put in force' }).isDisabled()).toBe(true);
    await expectAccessible(page);
    await note.getByRole('button', { name: 'Go on with mine on top' }).click();
    await note.waitFor({ state: 'detached' });
    await bar(page).getByRole('button', { name: 'Put in force' }).click();
    await page.getByText(/Version \d+ is in force/).waitFor();
    const { policy } = await read();
    expect(policy.leaveGraceSeconds).toBe(77);
    expect(policy.rules?.map(({ name }) => name)).toEqual([
      ...['first', 'first (copy)', 'second', 'Everybody else'],
    ]);
  },
);

inBrowser('what is wrong stands at its rule, and cannot be put in force', limit, async () => {
  await put(withRules('first', 'second'));
  const page = await shared.openAsAdmin('/settings/routing/rules');
  await page.getByRole('button', { name: 'Edit rule second' }).click();
  const form = page.getByRole('dialog', { name: 'Edit the rule' });
  await form.getByRole('button', { name: 'Remove the condition' }).click();
  await form.getByText('The group is empty.').waitFor();
  await form.getByRole('button', { name: 'Take it into the draft' }).click();
  await page.getByRole('listitem').filter({ hasText: 'second' }).getByText('is empty').waitFor();
  await bar(page).getByText('something is wrong').waitFor();
  expect(await bar(page).getByRole('button', { name: 'Put in force' }).isDisabled()).toBe(true);
  await bar(page).getByRole('button', { name: 'Preview' }).click();
  await page
    .getByRole('dialog')
    .getByRole('link', { name: /is empty/ })
    .click();
  await page.locator('[data-at]').filter({ hasText: 'second' }).waitFor();
});

inBrowser('who may not change the policy reads the rules and changes nothing', limit, async () => {
  await put(withRules('first'));
  const { page } = await invite(shared, { name: 'Omar', role: 'supervisor' });
  onTestFinished(() => page.context().close());
  await page.goto(shared.at('/settings/routing/rules'));
  await settle(page);
  const rules = page.getByRole('list', { name: 'Rules' });
  await rules.getByText('When the source is first').waitFor();
  expect(await rules.getByRole('button').count()).toBe(0);
  expect(await page.getByRole('button', { name: 'New rule' }).count()).toBe(0);
  const note = page.getByRole('note');
  expect(await note.textContent()).toContain('Only admins put changes in force');
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Defaults' }).click();
  await page.getByRole('textbox', { name: 'After being away for' }).waitFor();
  expect(await page.getByRole('textbox', { name: 'After being away for' }).isDisabled()).toBe(true);
});
