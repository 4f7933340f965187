// Files are refused while the server has too little room: an admin is told so wherever they are, as it happens.
import { expect, test } from 'vitest';
import { startTestUsher } from '../makers/start-test-usher.ts';
import { LOW_DISK } from '../makers/watch-errors.ts';
import { hasBrowser } from './launch-browser.ts';
import { expectAccessible, openPage } from './open-browser.ts';
import { shareBrowser } from './share-office.ts';

const ADMIN = { email: 'ana@example.com', password: 'a good long password' };
const browser = shareBrowser();

test.skipIf(!hasBrowser)(
  'a banner comes with the last of the room, says what to do, and goes with it',
  async () => {
    const usher = await startTestUsher({
      USHER_ADMIN_EMAIL: ADMIN.email,
      USHER_ADMIN_PASSWORD: ADMIN.password,
      USHER_DATABASE_MOST_MB: '150',
      USHER_DISK_RESERVE_MB: '100',
    });
    usher.expectErrors(LOW_DISK);
    const { pool } = usher.database;
    const { page } = await openPage(browser(), usher.url, { locale: 'en' });
    await page.getByLabel('E-mail').fill(ADMIN.email);
    await page.getByLabel('Password').first().fill(ADMIN.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: /Mine/ }).waitFor();
    const banner = page.getByText('Files are refused');
    expect(await banner.count()).toBe(0);

    await pool.query('create table filler (bytes bytea)');
    await pool.query('alter table filler alter column bytes set storage external');
    await pool.query(
      `insert into filler select convert_to(repeat('x', 1000000), 'UTF8') from generate_series(1, 60)`,
    );
    await banner.waitFor({ timeout: 30_000 });
    await page.getByText(/“npm run usher -- doctor” shows what is left/).waitFor();
    await expectAccessible(page);
    await page.goto(new URL('/settings/tags', usher.url).href);
    await banner.waitFor();

    await pool.query('drop table filler');
    await banner.waitFor({ state: 'detached', timeout: 30_000 });
  },
  120_000,
);
