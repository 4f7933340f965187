// What an admin does with mail and alarms: a list is invited, a test goes out, rules are kept; and a person who forgot the password comes back in.
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { type MailServer, startMailServer } from '../makers/start-mail-server.ts';
import { settle } from './browse-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { expectAccessible } from './open-browser.ts';
import { shareOffice, startTestOffice } from './share-office.ts';
import { shoot } from './shoot.ts';
import { ADMIN } from './start-office.ts';

let mails: MailServer;
let stopMails: () => Promise<void> = async () => {};
const shared = shareOffice(async () => {
  mails = await startMailServer({
    atEnd: (stop) => {
      stopMails = stop;
    },
  });
  return startTestOffice({
    environment: { SMTP_URL: mails.url, MAIL_FROM: 'Support <usher@example.com>' },
  });
});
afterAll(() => stopMails());
const limit = { timeout: 120_000 };
const inBrowser = test.skipIf(!hasBrowser);

const mailTo = (address: string) =>
  expect
    .poll(() => mails.taken.find(({ recipients }) => recipients.includes(address)), {
      timeout: 20_000,
    })
    .toBeDefined();

inBrowser('a pasted list is judged line by line and invited by mail', limit, async () => {
  const page = await shared.openAsAdmin('/settings/people');
  await page.getByRole('button', { name: 'Invite a list' }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite a list' });
  await dialog
    .getByRole('textbox', { name: 'People' })
    .fill(`Bo Lee <bo@example.com>\nnobody\nbo@example.com\n${ADMIN.email}\ncy@example.com, Cy`);
  for (const text of ['This is no e-mail address.', 'This address stands above already.']) {
    await dialog.getByText(text).waitFor();
  }
  await dialog.getByText('Signs in here already.').waitFor();
  await expectAccessible(page);
  await shoot(page, 'invite-list');
  await dialog.getByRole('button', { name: 'Invite 2' }).click();
  await dialog.getByText('2 invited, 0 not.').waitFor();
  await shoot(page, 'invite-list-done');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByText('Bo Lee').first().waitFor();
  await mailTo('bo@example.com');
  await mailTo('cy@example.com');
});

inBrowser('rules of alarms are kept, and a test mail shows that mails arrive', limit, async () => {
  const page = await shared.openAsAdmin('/settings/alarms');
  await page.getByText('No alarms').waitFor();
  await page.getByLabel('Targets missed within an hour').fill('7');
  const kinds = page.getByRole('region', { name: 'When there is an alarm' });
  await kinds.getByRole('button', { name: 'Save' }).click();
  await expect.poll(async () => (await read('/api/v1/alarm-rules')).missedTargets).toBe(7);
  await page.getByRole('button', { name: 'Mail a test to me' }).click();
  await mailTo(ADMIN.email);
  const log = page.getByRole('table', { name: 'Mails' });
  await log.getByText('Test', { exact: true }).waitFor({ timeout: 20_000 });
  await log.getByText('Sent').first().waitFor({ timeout: 20_000 });
  await expectAccessible(page);
  await shoot(page, 'alarms-1280');
  for (const look of [
    { width: 1920, scheme: 'dark' as const },
    { width: 390, scheme: 'light' as const },
  ]) {
    const other = await shared.openAsAdmin('/settings/alarms', look);
    await other.getByText('Support <usher@example.com>').waitFor();
    await expectAccessible(other);
    await shoot(other, `alarms-${look.width}-${look.scheme}`);
  }
});

const read = (path: string) => shared.office().call<Record<string, unknown>>('GET', path);

inBrowser('the audit is narrowed to what it is about', limit, async () => {
  await shared.office().call('POST', '/api/v1/tags', { name: 'refund', colour: '#ff0000' });
  const page = await shared.openAsAdmin('/settings/audit');
  await page.getByRole('combobox', { name: 'About' }).click();
  await page.getByRole('option', { name: 'Tags', exact: true }).click();
  await settle(page);
  const rows = page.getByRole('table', { name: 'Audit log' }).locator('tbody tr');
  await expect.poll(() => rows.count()).toBe(1);
  await rows.first().getByText('Added a tag').waitFor();
  await expectAccessible(page);
  await shoot(page, 'audit');
});

// The last one: it ends the sessions of the others.
inBrowser('whoever forgot the password chooses another by a mailed link', limit, async () => {
  const page = await shared.open('/sign-in');
  onTestFinished(() => page.context().close());
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await page.getByLabel('E-mail').fill(ADMIN.email);
  await shoot(page, 'forgot');
  const before = mails.taken.length;
  await page.getByRole('button', { name: 'Mail me a link' }).click();
  await page.getByRole('status').getByText(ADMIN.email).waitFor();
  await expectAccessible(page);
  await expect.poll(() => mails.taken.length, { timeout: 20_000 }).toBeGreaterThan(before);
  const link = /http\S+\/invite\/\S+/.exec(mails.taken.at(-1)?.text ?? '')?.[0] ?? '';
  await page.goto(link);
  await page.getByLabel('Password').first().fill('another good long one');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.waitForURL(/inbox|welcome/);
});
