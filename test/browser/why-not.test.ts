// “Why not Ana”, asked on the panel and by typing it into the command bar; the answer stands in the address.
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startTestUsher } from '../makers/start-test-usher.ts';
import { hasBrowser } from './launch-browser.ts';
import { expectAccessible, openPage } from './open-browser.ts';
import { shareBrowser } from './share-office.ts';

const ADMIN = { email: 'admin@example.com', password: 'a good long password' };
const browser = shareBrowser();

async function startCompany() {
  const usher = await startTestUsher({
    USHER_ADMIN_EMAIL: ADMIN.email,
    USHER_ADMIN_PASSWORD: ADMIN.password,
  });
  const make = async (path: string, body: object) => {
    const made = await usher.call('POST', `/api/v1/${path}`, { body });
    expect(made.status, made.text).toBe(201);
    return (made.body as { id: string }).id;
  };
  await make('teams', { name: 'Legal' });
  const english = await make('skills', { name: 'English' });
  const member = { role: 'agent', availability: 'away' };
  const ana = await make('agents', {
    ...{ ...member, name: 'Ana Wibowo', skillIds: [english], skillLevels: { [english]: 2 } },
  });
  await make('agents', { ...member, name: 'Budi Santoso' });
  const { policy } = (await usher.call('GET', '/api/v1/policy')).body as { policy: object };
  const plan = {
    name: 'Contracts',
    steps: [
      { after: 0, team: 'Legal', skills: { English: 4 } },
      { after: 1200, team: null, skills: { English: 2 } },
    ],
  };
  // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
  const rules = [{ name: 'Everybody', then: { plan: 'Contracts' } }];
  await usher.call('PUT', '/api/v1/policy', { body: { ...policy, plans: [plan], rules } });
  const channel = await make('channels', { kind: 'api', name: 'Shop' });
  const id = await make(`channels/${channel}/conversations`, {
    ...{ externalId: randomUUID(), contact: { externalId: 'sari', name: 'Sari' } },
  });
  return { usher, id, ana };
}

test.skipIf(!hasBrowser)(
  'the panel says what stands against an agent, chosen there or asked for in the command bar',
  async () => {
    const { usher, id, ana } = await startCompany();
    const { page } = await openPage(browser(), usher.url, { locale: 'en' });
    await page.getByLabel('E-mail').fill(ADMIN.email);
    await page.getByLabel('Password').first().fill(ADMIN.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: /Mine/ }).waitFor();
    await page.goto(new URL(`/inbox/all/${id}`, usher.url).href, { waitUntil: 'load' });
    await page.getByRole('heading', { name: 'Sari' }).waitFor();

    await page.keyboard.press('Control+k');
    await page.keyboard.type('why not ana');
    await page.getByRole('option', { name: 'Why not Ana Wibowo?' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Ana Wibowo is away.').waitFor();
    const answer = page.getByRole('tabpanel').getByRole('status');
    expect(await answer.getByRole('listitem').allTextContents()).toEqual([
      'Ana Wibowo is away.',
      'Ana Wibowo is not in the team Legal.',
      'Ana Wibowo lacks skills that it needs: English (has 2, needs 4).',
      expect.stringMatching(
        /^Ana Wibowo fits from step 2 of the plan “Contracts” on, which begins at /,
      ),
    ]);
    expect(new URL(page.url()).searchParams.get('whyNot')).toBe(ana);
    await expectAccessible(page);
    await page.reload({ waitUntil: 'load' });
    await page.getByText('Ana Wibowo is away.').waitFor();

    await page.getByRole('tab', { name: 'Customer' }).click();
    expect(new URL(page.url()).searchParams.get('whyNot')).toBeNull();
    await page.getByRole('tab', { name: 'Why' }).click();
    await page.getByRole('combobox', { name: 'Choose an agent' }).fill('Budi');
    await page.getByRole('option', { name: 'Budi Santoso' }).click();
    await page.getByText('No later step of the plan “Contracts” fits').waitFor();
  },
  120_000,
);
