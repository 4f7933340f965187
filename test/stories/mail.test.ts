// Mails through a real mail server: invitations, resets, transcripts, and what becomes of them when it fails.
import { expect, test } from 'vitest';
import { makeApiChannel } from '../makers/make-api-channel.ts';
import { type MailServer, startMailServer } from '../makers/start-mail-server.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';

const FROM = 'Support <usher@example.com>';

async function startWithMail(
  environment: Record<string, string> = {},
  server: Parameters<typeof startMailServer>[0] = {},
): Promise<{ usher: TestUsher; mails: MailServer }> {
  const mails = await startMailServer(server);
  const usher = await startTestUsher({ SMTP_URL: mails.url, MAIL_FROM: FROM, ...environment });
  return { usher, mails };
}

const person = (email: string) => ({ name: 'Ana & <b>Co</b>', email, role: 'agent' });

async function invite(usher: TestUsher, email: string) {
  const { status, body } = await usher.call('POST', '/api/v1/users', { body: person(email) });
  expect(status).toBe(201);
  return body as { user: { id: string }; inviteUrl: string; mailed: boolean };
}

const arrived = (mails: MailServer, count: number) =>
  eventually(
    () => mails.taken,
    ({ length }) => length >= count,
  );

interface Listed {
  kind: string;
  to: string;
  state: string;
  attempts: number;
  outcome: string;
}
async function listMails(usher: TestUsher): Promise<Listed[]> {
  const { body } = await usher.call('GET', '/api/v1/mails');
  return (body as { items: Listed[] }).items;
}

test('an invitation is mailed with the link that lets the person in, as text and as escaped HTML', async () => {
  const { usher, mails } = await startWithMail();
  const { inviteUrl, mailed } = await invite(usher, 'ana@example.com');
  expect(mailed).toBe(true);
  const [mail] = await arrived(mails, 1);
  expect(mail?.recipients).toEqual(['ana@example.com']);
  expect(mail?.from?.text).toContain('usher@example.com');
  expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
  expect(mail?.text).toContain(inviteUrl);
  expect(mail?.text).toContain('Ana & <b>Co</b>');
  expect(mail?.html).toContain(`href="${inviteUrl}"`);
  expect(mail?.html).toContain('Ana &amp; &lt;b&gt;Co&lt;/b&gt;');
  const code = new URL(inviteUrl).pathname.split('/').at(-1);
  const accepted = await usher.call('POST', `/api/v1/invites/${code}`, {
    token: null,
    body: { password: 'correct horse battery' },
  });
  expect(accepted.status).toBe(200);
});

test('where the company has chosen Arabic, a mail is in Arabic and is read from the right', async () => {
  const { usher, mails } = await startWithMail({ FORCE_i18n_LANGUAGE: 'ar' });
  const branding = { language: 'ar' };
  const set = await usher.call('PATCH', '/api/v1/settings', { body: { branding } });
  expect(set.status, set.text).toBe(200);
  const { inviteUrl } = await invite(usher, 'ana@example.com');
  const [mail] = await arrived(mails, 1);
  expect(mail?.subject).toContain('أنت مدعو إلى');
  expect(mail?.html).toContain('<html lang="ar" dir="rtl">');
  expect(mail?.html).toContain(`<span dir="ltr" style="word-break:break-all">${inviteUrl}</span>`);
});

test('once it is sent, neither the queue nor its log holds the code, and the list says to whom it went', async () => {
  const { usher, mails } = await startWithMail();
  const { inviteUrl } = await invite(usher, 'ana@example.com');
  await arrived(mails, 1);
  const [listed] = await eventually(
    () => listMails(usher),
    ([one]) => one?.state === 'sent',
  );
  expect(listed).toMatchObject({ kind: 'invitation', to: 'ana@example.com', attempts: 1 });
  const code = inviteUrl.split('/').at(-1) ?? '';
  for (const table of ['delivery', 'delivery_attempt', 'audit_entry']) {
    const { rows } = await usher.database.pool.query(
      `select to_jsonb(t)::text as row from ${table} t`,
    );
    expect(rows.map(({ row }) => row).join()).not.toContain(code);
  }
});

test('with a key of secrets the code is sealed while the mail waits', async () => {
  const { usher, mails } = await startWithMail({ USHER_SECRET_KEY: 'k'.repeat(40) });
  mails.behave({ refuse: 451 });
  const { inviteUrl } = await invite(usher, 'ana@example.com');
  await eventually(
    () => listMails(usher),
    ([one]) => one?.attempts === 1,
  );
  const { rows } = await usher.database.pool.query('select payload::text as text from delivery');
  expect(rows[0].text).toContain('sealed:1:');
  expect(rows[0].text).not.toContain(inviteUrl.split('/').at(-1));
});

test('a mail that is put off or whose line is cut is tried again under the same Message-ID', async () => {
  const { usher, mails } = await startWithMail();
  mails.behave({ refuse: 451, at: 'rcpt' });
  await invite(usher, 'ana@example.com');
  const attempt = (number: number) =>
    eventually(
      () => listMails(usher),
      ([one]) => one?.attempts === number,
    );
  expect((await attempt(1))[0]).toMatchObject({ state: 'waiting' });
  expect(mails.taken).toHaveLength(0);
  mails.behave('cut');
  await usher.clock.advance(12_000);
  await attempt(2);
  mails.behave('take');
  await usher.clock.advance(70_000);
  await attempt(3);
  const [first, second] = await arrived(mails, 2);
  // The server had it before the line was cut: nobody can know that, so it comes twice.
  expect(second?.messageId).toBe(first?.messageId);
  await eventually(
    () => listMails(usher),
    ([one]) => one?.state === 'sent',
  );
});

test('an address that is refused for good is given up at once, and said so', async () => {
  const { usher, mails } = await startWithMail();
  mails.behave({ refuse: 550, text: 'no such mailbox', at: 'rcpt' });
  await invite(usher, 'nobody@example.com');
  const [listed] = await eventually(
    () => listMails(usher),
    ([one]) => one?.state === 'failed',
  );
  expect(listed).toMatchObject({
    attempts: 1,
    outcome: expect.stringContaining('no such mailbox'),
  });
});

test('a refused login keeps the mail waiting, names the setting and hides the password', async () => {
  const login = { user: 'usher', pass: 'right/one' };
  const mails = await startMailServer({ login });
  const url = mails.url.replace(encodeURIComponent(login.pass), 'wrong-secret');
  const usher = await startTestUsher({ SMTP_URL: url, MAIL_FROM: FROM });
  await invite(usher, 'ana@example.com');
  const [listed] = await eventually(
    () => listMails(usher),
    ([one]) => one?.attempts === 1,
  );
  expect(listed).toMatchObject({ state: 'waiting', outcome: expect.stringContaining('SMTP_URL') });
  const { text } = await usher.call('GET', '/api/v1/mails');
  expect(text).not.toContain('wrong-secret');
});

test('whoever forgot the password is mailed a link for an hour, once; a stranger gets the same answer and no mail', async () => {
  const { usher, mails } = await startWithMail();
  await invite(usher, 'ana@example.com');
  await arrived(mails, 1);
  const ask = (email: string) =>
    usher.call('POST', '/api/v1/password-resets', { token: null, body: { email } });
  const [known, unknown] = [await ask('ANA@example.com'), await ask('stranger@example.com')];
  expect([known.status, known.text]).toEqual([unknown.status, unknown.text]);
  expect(known.status).toBe(204);
  const mail = (await arrived(mails, 2))[1];
  expect(mail?.recipients).toEqual(['ana@example.com']);
  const code = /\/invite\/(\S+)/.exec(mail?.text ?? '')?.[1] ?? '';
  const choose = () =>
    usher.call('POST', `/api/v1/invites/${code}`, {
      token: null,
      body: { password: 'correct horse battery' },
    });
  expect((await choose()).status).toBe(200);
  expect((await choose()).status).toBe(404);
  expect(mails.taken).toHaveLength(2);
});

test('a link that somebody asked for is over after an hour, and ends no invitation', async () => {
  const { usher, mails } = await startWithMail();
  const { inviteUrl } = await invite(usher, 'ana@example.com');
  await arrived(mails, 1);
  await usher.call('POST', '/api/v1/password-resets', {
    token: null,
    body: { email: 'ana@example.com' },
  });
  const mail = (await arrived(mails, 2))[1];
  const code = /\/invite\/(\S+)/.exec(mail?.text ?? '')?.[1] ?? '';
  await usher.clock.advance(61 * 60_000);
  expect((await usher.call('GET', `/api/v1/invites/${code}`, { token: null })).status).toBe(404);
  const first = inviteUrl.split('/').at(-1);
  expect((await usher.call('GET', `/api/v1/invites/${first}`, { token: null })).status).toBe(200);
});

test('resets are limited by the account that is asked for, whether it exists or not', async () => {
  const { usher } = await startWithMail();
  const statuses: number[] = [];
  for (let asked = 0; asked < 4; asked += 1) {
    const body = { email: 'stranger@example.com' };
    statuses.push(
      (await usher.call('POST', '/api/v1/password-resets', { token: null, body })).status,
    );
  }
  expect(statuses).toEqual([204, 204, 204, 429]);
});

test('without a mail server the invitation is a link to copy, and a reset says who can help', async () => {
  const usher = await startTestUsher();
  const { inviteUrl, mailed } = await invite(usher, 'ana@example.com');
  expect([mailed, inviteUrl.includes('/invite/')]).toEqual([false, true]);
  const body = { email: 'ana@example.com' };
  const asked = await usher.call('POST', '/api/v1/password-resets', { token: null, body });
  expect(asked.status).toBe(409);
  expect(asked.body).toMatchObject({ code: 'mail.not-set-up' });
});

test('a workspace that has mailed as much as it may invites by link alone', async () => {
  const { usher } = await startWithMail({ MAIL_MOST_PER_HOUR: '1' });
  expect((await invite(usher, 'ana@example.com')).mailed).toBe(true);
  expect((await invite(usher, 'bo@example.com')).mailed).toBe(false);
});

test('a list is invited person by person: who is refused stops nobody, teams and capacity are given', async () => {
  const { usher, mails } = await startWithMail();
  const team = (await usher.call('POST', '/api/v1/teams', { body: { name: 'Sales' } })).body as {
    id: string;
  };
  const beginning = { role: 'agent', teamIds: [team.id], capacity: 3 };
  const { status, body } = await usher.call('POST', '/api/v1/users/invitations', {
    body: {
      people: [
        { email: 'ana@example.com', name: 'Ana', ...beginning },
        { email: 'no address', name: 'X', ...beginning },
        { email: 'ANA@example.com', name: 'Ana again', ...beginning },
        { email: 'bo@example.com', name: '', ...beginning },
      ],
    },
  });
  expect(status).toBe(200);
  const { items } = body as {
    items: { user: { name: string; agentId: string } | null; mailed: boolean; problem: unknown }[];
  };
  expect(items.map(({ problem }) => problem && (problem as { code: string }).code)).toEqual([
    null,
    'request.invalid',
    'user.email-taken',
    null,
  ]);
  expect(items[3]?.user?.name).toBe('bo');
  await arrived(mails, 2);
  const agent = await usher.call('GET', `/api/v1/agents/${items[0]?.user?.agentId}`);
  expect(agent.body).toMatchObject({ teamIds: [team.id], capacity: 3 });
});

test('a server that never answers costs its own mail alone', async () => {
  const { usher, mails } = await startWithMail();
  mails.behave('hang');
  await invite(usher, 'ana@example.com');
  await eventually(
    () => mails.read(),
    (count) => count === 1,
  );
  mails.behave('take');
  await invite(usher, 'bo@example.com');
  const [mail] = await arrived(mails, 1);
  expect(mail?.recipients).toEqual(['bo@example.com']);
});

/** A conversation in which a contact without an address has written. */
async function openConversation(usher: TestUsher) {
  const { id, token } = await makeApiChannel(usher);
  const body = { externalId: 'c-1', contact: { externalId: 'k-1', name: 'Ria' } };
  const opened = await usher.call('POST', `/api/v1/channels/${id}/conversations`, { token, body });
  expect(opened.status, opened.text).toBeLessThan(300);
  const said = { conversation: 'c-1', externalId: 'm-1', text: '<i>Hi</i>' };
  const told = await usher.call('POST', `/api/v1/channels/${id}/messages`, { token, body: said });
  expect(told.status, told.text).toBeLessThan(300);
  const [conversation] = await usher.conversations();
  return { channel: { id, token }, conversation };
}

test('what was said is mailed to the contact, at their own address and without the notes', async () => {
  const { usher, mails } = await startWithMail();
  const { conversation } = await openConversation(usher);
  const path = `/api/v1/conversations/${conversation?.id}`;
  const wish = () => usher.call('POST', `${path}/transcript`, { body: {} });
  expect((await wish()).body).toMatchObject({ code: 'contact.without-email' });
  const contact = `/api/v1/contacts/${conversation?.contact.id}`;
  await usher.call('PATCH', contact, { body: { email: 'ria@example.com' } });
  const note = await usher.call('POST', `${path}/notes`, { body: { text: 'a secret note' } });
  expect(note.status, note.text).toBeLessThan(300);
  expect((await wish()).status).toBe(202);
  const [mail] = await arrived(mails, 1);
  expect(mail?.recipients).toEqual(['ria@example.com']);
  expect(mail?.text).toContain('<i>Hi</i>');
  expect(mail?.html).toContain('&lt;i&gt;Hi&lt;/i&gt;');
  expect(`${mail?.text}${mail?.html}`).not.toContain('a secret note');
});

test('a contact who wants the transcript is mailed it by Usher itself, three times an hour at most', async () => {
  const { usher, mails } = await startWithMail();
  const { channel } = await openConversation(usher);
  const { id, token } = channel;
  const standing = await usher.call('GET', `/api/v1/channels/${id}/conversations/c-1`, { token });
  expect(standing.body).toMatchObject({ transcript: 'email' });
  const body = { conversation: 'c-1', email: 'ria@example.com' };
  const statuses: number[] = [];
  for (let asked = 0; asked < 4; asked += 1) {
    const path = `/api/v1/channels/${id}/transcript`;
    statuses.push((await usher.call('POST', path, { token, body })).status);
  }
  expect(statuses).toEqual([204, 204, 204, 429]);
  await arrived(mails, 3);
});
