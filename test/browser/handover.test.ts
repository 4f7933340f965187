// An admin hands a team over to a department of Rocket.Chat on the channel's page, takes it back, and sees what is wrong.
import { expect, onTestFinished, test } from 'vitest';
import { startRocketChat } from '../../sandbox/rocketchat/start-rocketchat.ts';
import { eventually, startTestUsher } from '../makers/start-test-usher.ts';
import { hasBrowser } from './launch-browser.ts';
import { expectAccessible, openPage } from './open-browser.ts';
import { shareBrowser } from './share-office.ts';

const ADMIN = { email: 'ana@example.com', password: 'a good long password' };
const browser = shareBrowser();

async function startWorld() {
  const rocket = await startRocketChat({ settings: { API_Enable_Rate_Limiter: false } });
  onTestFinished(() => rocket.stop());
  rocket.addAgent({ username: 'ada', name: 'Ada' });
  const usher = await startTestUsher({
    USHER_ADMIN_EMAIL: ADMIN.email,
    USHER_ADMIN_PASSWORD: ADMIN.password,
    USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8',
  });
  const { userId, authToken } = rocket.bot;
  const made = await usher.call('POST', '/api/v1/channels', {
    body: {
      ...{ kind: 'rocketchat', name: 'Support' },
      config: { baseUrl: rocket.url, userId, callsPerMinute: 100_000 },
      secrets: { authToken },
    },
  });
  const path = `/api/v1/channels/${(made.body as { id: string }).id}`;
  const readHandovers = async () => {
    const { config } = (await usher.call('GET', path)).body as {
      config: { handovers?: object[]; handoverSeconds?: number | null };
    };
    return { handovers: config.handovers ?? [], seconds: config.handoverSeconds };
  };
  const { page } = await openPage(browser(), usher.url, { locale: 'en' });
  await page.getByLabel('E-mail').fill(ADMIN.email);
  await page.getByLabel('Password').first().fill(ADMIN.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: /Mine/ }).waitFor();
  const visit = () =>
    page.goto(new URL(path.replace('/api/v1', '/settings'), usher.url).href, {
      waitUntil: 'load',
    });
  return { rocket, usher, page, visit, readHandovers };
}

test.skipIf(!hasBrowser)(
  'a team is handed over, taken back, the taking back undone, and what is wrong stands at the department',
  async () => {
    const { rocket, usher, page, visit, readHandovers } = await startWorld();
    await visit();
    const card = page.getByRole('region', { name: 'Handover to departments' });
    await card.getByText('There are no teams yet.').waitFor();
    expect(await card.getByRole('button', { name: 'Hand a team over' }).isDisabled()).toBe(true);

    const team = await usher.call('POST', '/api/v1/teams', { body: { name: 'Billing' } });
    const { id: teamId } = team.body as { id: string };
    const { _id: departmentId } = rocket.addDepartment({ name: 'Invoices', agents: ['ada'] });
    rocket.addDepartment({ name: 'Nobody', agents: [] });
    await visit();
    await card.getByText('No team is handed over').waitFor();
    await card.getByRole('button', { name: 'Hand a team over' }).click();
    await card.getByRole('button', { name: 'Save' }).click();
    expect(await card.getByText('This must be answered.').count()).toBeGreaterThan(0);
    await card.getByRole('combobox', { name: 'Team in Usher' }).click();
    await page.getByRole('option', { name: 'Billing' }).click();
    await card.getByRole('combobox', { name: 'Department in Rocket.Chat' }).click();
    await page.getByRole('option', { name: 'Nobody (no agents)' }).waitFor();
    await page.getByRole('option', { name: 'Invoices' }).click();
    await expectAccessible(page);
    await card.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    const entry = { teamId, departmentId, department: 'Invoices' };
    expect(await readHandovers()).toEqual({ handovers: [entry], seconds: 600 });

    await card.getByRole('button', { name: 'Take Billing back' }).click();
    await card.getByRole('button', { name: 'Undo' }).click();
    expect(await card.getByRole('combobox', { name: 'Team in Usher' }).inputValue()).toBe(
      'Billing',
    );
    await card.getByLabel('Minutes until Usher may decide too').fill('');
    await card.getByRole('button', { name: 'Save' }).click();
    await eventually(readHandovers, ({ seconds }) => seconds === null);
    await card.getByRole('button', { name: 'Take Billing back' }).click();
    await card.getByRole('button', { name: 'Save' }).click();
    await eventually(readHandovers, ({ handovers }) => handovers.length === 0);
    await card.getByText('No team is handed over').waitFor();
  },
  90_000,
);

test.skipIf(!hasBrowser)(
  'while Rocket.Chat does not answer, departments are named by their ids and can be typed',
  async () => {
    const { rocket, usher, page, visit, readHandovers } = await startWorld();
    const team = await usher.call('POST', '/api/v1/teams', { body: { name: 'Billing' } });
    const { id: teamId } = team.body as { id: string };
    await rocket.goDown();
    await visit();
    const card = page.getByRole('region', { name: 'Handover to departments' });
    await card.getByText('The departments could not be read').waitFor();
    await card.getByRole('button', { name: 'Hand a team over' }).click();
    await card.getByRole('combobox', { name: 'Team in Usher' }).click();
    await page.getByRole('option', { name: 'Billing' }).click();
    await card.getByLabel('Id of the department').fill('dep1');
    await card.getByRole('button', { name: 'Save' }).click();
    await eventually(readHandovers, ({ handovers }) => handovers.length === 1);
    expect((await readHandovers()).handovers).toEqual([{ teamId, departmentId: 'dep1' }]);
    await rocket.comeBack();
    await visit();
    await card.getByRole('combobox', { name: 'Department in Rocket.Chat' }).waitFor();
  },
  90_000,
);
