// What the doctor says of the mail server.
import { expect, test } from 'vitest';
import { startMailServer } from '../../test/makers/start-mail-server.ts';
import { findFreePort } from '../torture/find-free-port.ts';
import { checkMail } from './check-mail.ts';

const MAIL_FROM = 'usher@example.com';

test('a server that takes mails is well, and nothing is sent to it', async () => {
  const { url, taken } = await startMailServer();
  expect(await checkMail({ SMTP_URL: url, MAIL_FROM })).toMatchObject([{ state: 'ok' }]);
  expect(taken).toEqual([]);
});

test('a refused login names the setting, and never the password', async () => {
  const { url } = await startMailServer({ login: { user: 'usher', pass: 'right' } });
  const wrong = url.replace(':right@', ':wrong-secret@');
  const [check] = await checkMail({ SMTP_URL: wrong, MAIL_FROM });
  expect(check).toMatchObject({ state: 'failed', says: expect.stringContaining('SMTP_URL') });
  expect(check?.says).not.toContain('wrong-secret');
});

test('where nobody listens it says what to look at', async () => {
  const url = `smtp://127.0.0.1:${await findFreePort()}`;
  const [check] = await checkMail({ SMTP_URL: url, MAIL_FROM });
  expect(check).toMatchObject({ state: 'failed', says: expect.stringContaining('firewall') });
});
