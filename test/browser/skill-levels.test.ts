// An admin says how well an agent has each skill, in the dialog of that agent.
import { expect, test } from 'vitest';
import { eventually, startTestUsher } from '../makers/start-test-usher.ts';
import { hasBrowser } from './launch-browser.ts';
import { expectAccessible, openPage } from './open-browser.ts';
import { shareBrowser } from './share-office.ts';

const ADMIN = { email: 'ana@example.com', password: 'a good long password' };
const browser = shareBrowser();

test.skipIf(!hasBrowser)(
  'the level of a skill is set beside the skill, and the others stay as they are',
  async () => {
    const usher = await startTestUsher({
      USHER_ADMIN_EMAIL: ADMIN.email,
      USHER_ADMIN_PASSWORD: ADMIN.password,
    });
    const make = async (path: string, body: object) =>
      ((await usher.call('POST', `/api/v1/${path}`, { body })).body as { id: string }).id;
    const [visa, thai] = [
      await make('skills', { name: 'Visa' }),
      await make('skills', { name: 'Thai' }),
    ];
    const id = await make('agents', { name: 'Dewi', role: 'agent', skillIds: [visa, thai] });
    const read = async () => {
      const { body } = await usher.call('GET', `/api/v1/agents/${id}`);
      return (body as { skillLevels: Record<string, number> }).skillLevels;
    };
    const { page } = await openPage(browser(), usher.url, { locale: 'en' });
    await page.getByLabel('E-mail').fill(ADMIN.email);
    await page.getByLabel('Password').first().fill(ADMIN.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: /Mine/ }).waitFor();
    await page.goto(new URL('/settings/people', usher.url).href, { waitUntil: 'load' });
    await page.getByRole('button', { name: 'Edit Dewi' }).click();
    await page.getByRole('radiogroup', { name: 'Level in Visa' }).getByText('4').click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await eventually(read, (levels) => levels[visa] === 4);
    expect(await read()).toEqual({ [visa]: 4, [thai]: 1 });
  },
  120_000,
);
