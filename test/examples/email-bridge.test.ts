// The bridge to a mailbox, as a program of its own between Dovecot, an SMTP server and a real Usher.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { expect, onTestFinished, test } from 'vitest';
import type { Conversation } from '../../src/contract/conversation.ts';
import { endProgram } from '../faults/run-program.ts';
import { makeApiChannel } from '../makers/make-api-channel.ts';
import { installExample } from '../makers/run-example.ts';
import { dovecotMissing, startDovecot } from '../makers/start-dovecot.ts';
import { type Fate, startLosingProxy } from '../makers/start-losing-proxy.ts';
import { eventually, startTestUsher } from '../makers/start-test-usher.ts';

if (dovecotMissing !== null) process.stderr.write(`Skipped: ${dovecotMissing}\n`);
const mailTest = test.skipIf(dovecotMissing !== null);

/** Takes every mail; `refuse` says how often it refuses for now. */
async function startSmtp() {
  const taken: ParsedMail[] = [];
  let refusals = 0;
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: (stream, _session, done) => {
      void simpleParser(stream).then((mail) => {
        refusals -= 1;
        if (refusals >= 0) return done(Object.assign(new Error('Later'), { responseCode: 451 }));
        taken.push(mail);
        done();
      });
    },
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', () => listening()));
  onTestFinished(() => new Promise<void>((closed) => server.close(() => closed())));
  const { port } = server.server.address() as AddressInfo;
  const refuse = (times: number) => {
    refusals = times;
  };
  return { taken, port, refuse };
}

interface Message {
  text: string;
  attachments: { name?: string; url: string }[];
}

async function startBridge() {
  const usher = await startTestUsher();
  const { id, token, addAgent } = await makeApiChannel(usher);
  const ben = await addAgent('Ben');
  await usher.call('PATCH', `/api/v1/agents/${ben.id}`, { body: { capacity: 50 } });
  const proxy = await startLosingProxy(usher.url);
  const [mailbox, smtp] = [await startDovecot(), await startSmtp()];
  const example = await installExample('email-bridge');
  const environment = {
    ...{ USHER_URL: proxy.url, USHER_TOKEN: token, USHER_CHANNEL: id, POLL_SECONDS: '0.1' },
    ...{ MAIL_ADDRESS: 'help@shop.example', SMTP_URL: `smtp://127.0.0.1:${smtp.port}` },
    IMAP_URL: `imap://${mailbox.user}:${mailbox.password}@127.0.0.1:${mailbox.port}`,
    STATE_FILE: join(example.folder, 'state.json'),
  };
  const find = async (email: string) => {
    const isIt = (one: Conversation) => one.contact.externalId === email;
    const found = await eventually(
      async () => (await usher.conversations('assigned')).find(isIt),
      // It is opened a moment before its first message is said.
      (one) => one !== undefined && one.lastMessage !== null,
    );
    return found as Conversation;
  };
  const messages = async (conversationId: string) => {
    const path = `/api/v1/conversations/${conversationId}/messages?limit=200`;
    return ((await usher.call('GET', path)).body as { items: Message[] }).items;
  };
  const answer = async (conversationId: string, text: string) => {
    const path = `/api/v1/conversations/${conversationId}/messages`;
    const said = await usher.call('POST', path, { body: { text }, token: ben.token });
    expect(said.status, said.text).toBe(201);
  };
  return {
    usher,
    proxy,
    mailbox,
    smtp,
    find,
    messages,
    answer,
    start: () => example.start(environment),
  };
}

interface Writing {
  from?: string;
  id: string;
  subject?: string;
  text: string;
  more?: string[];
}
const writeMail = ({ from = 'Ana <ana@home.example>', id, subject, text, more = [] }: Writing) =>
  [
    ...[`From: ${from}`, 'To: help@shop.example', `Subject: ${subject ?? 'My parcel'}`],
    ...[`Message-ID: <${id}@home.example>`, 'Date: Tue, 24 Nov 2026 10:00:00 +0000'],
    ...[...more, 'Content-Type: text/plain; charset=utf-8', '', text, ''],
  ].join('\n');

mailTest(
  'a mail becomes a conversation, the answer a mail of its thread, and the reply goes on in it',
  async () => {
    const { mailbox, smtp, find, messages, answer, start } = await startBridge();
    await start();
    await mailbox.deliver(writeMail({ id: 'm1', text: 'Where is it?' }));
    const { id, contact } = await find('ana@home.example');
    expect(contact).toMatchObject({ name: 'Ana', email: 'ana@home.example' });
    await answer(id, 'On its way.');
    await expect.poll(() => smtp.taken.length).toBe(1);
    const [sent] = smtp.taken;
    expect(sent).toMatchObject({
      ...{
        subject: 'Re: My parcel',
        inReplyTo: '<m1@home.example>',
        references: '<m1@home.example>',
      },
      text: 'On its way.\n',
    });
    expect(sent?.to).toMatchObject({ value: [{ address: 'ana@home.example' }] });
    const more = [`In-Reply-To: ${sent?.messageId}`];
    const text = 'Thank you.\n\nOn Tuesday the shop wrote:\n> On its way.';
    await mailbox.deliver(writeMail({ id: 'm2', subject: 'Re: My parcel', text, more }));
    const said = await eventually(
      () => messages(id),
      ({ length }) => length === 3,
    );
    expect(said.map((one) => one.text)).toEqual([
      ...['My parcel\n\nWhere is it?', 'On its way.', 'Thank you.'],
    ]);
  },
);

mailTest('files come along both ways', async () => {
  const { mailbox, usher, smtp, find, messages, start } = await startBridge();
  await start();
  const mixed = ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b'];
  const parts = [
    ...['--b', 'Content-Type: text/plain', '', 'See the list.'],
    ...[
      '--b',
      'Content-Type: text/csv; name=list.csv',
      'Content-Disposition: attachment; filename=list.csv',
    ],
    ...['', 'a,b', '--b--'],
  ].join('\n');
  const head = ['From: ana@home.example', 'To: help@shop.example', 'Subject: A list'];
  await mailbox.deliver(
    [...head, 'Message-ID: <f1@home.example>', ...mixed, '', parts, ''].join('\n'),
  );
  const { id } = await find('ana@home.example');
  const [said] = await eventually(
    () => messages(id),
    ({ length }) => length > 0,
  );
  expect(said?.attachments).toMatchObject([{ name: 'list.csv' }]);
  const form = new FormData();
  form.append('file', new Blob(['a receipt'], { type: 'text/plain' }), 'receipt.txt');
  const headers = { authorization: `Bearer ${usher.token}` };
  const uploaded = await fetch(`${usher.url}/api/v1/attachments`, {
    ...{ method: 'POST', body: form, headers },
  });
  const file = (await uploaded.json()) as { id: string };
  const body = { text: 'Here', attachmentIds: [file.id] };
  await usher.call('POST', `/api/v1/conversations/${id}/messages`, { body });
  await expect.poll(() => smtp.taken.length).toBe(1);
  const [attachment] = smtp.taken[0]?.attachments ?? [];
  expect(attachment).toMatchObject({ filename: 'receipt.txt' });
  expect(attachment?.content.toString()).toBe('a receipt');
});

mailTest(
  'mails of programs open nothing, and nobody comes into the thread of somebody else',
  async () => {
    const { mailbox, usher, find, messages, start } = await startBridge();
    const bridge = await start();
    const automatic = [
      ['Auto-Submitted: auto-replied'],
      ['Precedence: bulk'],
      ['List-Id: <news.example>'],
      ['X-Autoreply: yes'],
    ];
    for (const [nth, more] of automatic.entries()) {
      await mailbox.deliver(writeMail({ id: `auto-${nth}`, text: 'I am away.', more }));
    }
    const own = 'help@shop.example';
    await mailbox.deliver(writeMail({ id: 'own', from: own, text: 'Me' }));
    await mailbox.deliver(writeMail({ id: 'm1', text: 'Hello', more: ['Auto-Submitted: no'] }));
    const { id } = await find('ana@home.example');
    const more = ['In-Reply-To: <m1@home.example>', 'References: <m1@home.example>'];
    const from = 'eve@elsewhere.example';
    await mailbox.deliver(writeMail({ id: 'e1', from, text: 'Let me in', more }));
    expect((await find(from)).id).not.toBe(id);
    expect(await messages(id)).toHaveLength(1);
    expect(await usher.conversations()).toHaveLength(2);
    for (const nth of automatic.keys()) {
      expect(bridge.printed()).toContain(`Not taken: <auto-${nth}@home.example>`);
    }
  },
);

mailTest('a mail that is made to be refused does not hold up the others', async () => {
  const { mailbox, find, messages, start } = await startBridge();
  const bridge = await start();
  const named = (name: string) => `=?UTF-8?B?${Buffer.from(name).toString('base64')}?=`;
  const mails: Writing[] = [
    { id: 's1', from: `${named(`${'x'.repeat(99)}😀`)} <s1@home.example>`, text: 'one' },
    { id: 's2', from: `${named('\u3164')} <s2@home.example>`, text: 'two' },
    { id: 's3', from: '<s3@home.example>', subject: named('\u0000'), text: '\u0000' },
    { id: 's4', from: `<${'x'.repeat(300)}@home.example>`, text: 'four' },
    { id: 's5', from: '<s5@home.example>', text: `${'y'.repeat(7988)}😀😀` },
    { id: 's6', from: '<s6@home.example>', subject: '\u200b', text: '\u200b' },
    { id: 's7', from: '<s7@home.example>', subject: 'x'.repeat(12_000), text: 'seven' },
  ];
  for (const mail of mails) await mailbox.deliver(writeMail(mail));
  const parts = ['--b', 'Content-Type: text/csv', 'Content-Disposition: attachment', '', '--b--'];
  const mixed = ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b'];
  const head = ['From: s8@home.example', 'To: help@shop.example', 'Message-ID: <s8@home.example>'];
  await mailbox.deliver([...head, ...mixed, '', ...parts, ''].join('\n'));
  await mailbox.deliver(writeMail({ id: 'm1', text: 'last' }));
  const { id } = await find('ana@home.example');
  expect((await messages(id)).map(({ text }) => text)).toEqual(['My parcel\n\nlast']);
  expect(bridge.child.exitCode).toBe(null);
  for (const nth of [1, 2, 3, 5, 6, 7, 8]) await find(`s${nth}@home.example`);
  expect(bridge.printed()).toContain('Not taken: <s4@home.example>');
});

mailTest(
  'an address to which nobody can write does not hold up the answers to others',
  async () => {
    const { mailbox, smtp, find, answer, start } = await startBridge();
    const bridge = await start();
    await mailbox.deliver(writeMail({ id: 'e1', from: 'Eve <eve>', text: 'No domain' }));
    await mailbox.deliver(writeMail({ id: 'm1', text: 'Hello' }));
    await answer((await find('eve')).id, 'Hello, Eve.');
    await answer((await find('ana@home.example')).id, 'Hello, Ana.');
    await expect.poll(() => smtp.taken.map(({ text }) => text?.trim())).toEqual(['Hello, Ana.']);
    expect(bridge.printed()).toContain('Not sent: ');
  },
);

mailTest('killed again and again while mails come, it brings every mail once', async () => {
  const { mailbox, find, messages, start } = await startBridge();
  let bridge = await start();
  const texts = Array.from({ length: 30 }, (_, nth) => `mail ${nth}`);
  for (const [nth, text] of texts.entries()) {
    const more = nth === 0 ? [] : ['References: <m0@home.example>'];
    await mailbox.deliver(writeMail({ id: `m${nth}`, text, more }));
    if (nth % 10 !== 9) continue;
    const { id } = await find('ana@home.example');
    // Somewhere in the midst of what has just come.
    await eventually(
      () => messages(id),
      ({ length }) => length > nth - 8,
    );
    await endProgram(bridge.child);
    bridge = await start();
  }
  const { id } = await find('ana@home.example');
  await eventually(
    () => messages(id),
    ({ length }) => length >= texts.length,
  );
  await mailbox.deliver(
    writeMail({ id: 'last', text: 'last', more: ['References: <m0@home.example>'] }),
  );
  const said = await eventually(
    () => messages(id),
    (all) => all.at(-1)?.text === 'last',
  );
  expect(said.map(({ text }) => text.replace('My parcel\n\n', ''))).toEqual([...texts, 'last']);
});

mailTest(
  'what is answered while it is away, or while the mail server refuses, is sent once and in order',
  async () => {
    const { mailbox, smtp, find, answer, start } = await startBridge();
    let bridge = await start();
    await mailbox.deliver(writeMail({ id: 'm1', text: 'Hello' }));
    const { id } = await find('ana@home.example');
    smtp.refuse(1);
    const texts: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      texts.push(`here ${round}`, `away ${round}`);
      await answer(id, `here ${round}`);
      const ended = once(bridge.child, 'exit');
      await expect.poll(() => smtp.taken.length).toBe(texts.length - 1);
      bridge.child.kill('SIGTERM');
      expect((await ended)[0]).toBe(0);
      await answer(id, `away ${round}`);
      bridge = await start();
      await expect.poll(() => smtp.taken.length).toBe(texts.length);
    }
    expect(smtp.taken.map(({ text }) => text?.trim())).toEqual(texts);
  },
);

mailTest.each<[string, Fate]>([
  ['has taken it', 'hangs'],
  ['has not heard of it', 'is ignored'],
])(
  'killed with a message on its way, when Usher %s, it brings that message once',
  async (_, fate) => {
    const { proxy, mailbox, find, messages, start } = await startBridge();
    const bridge = await start();
    await mailbox.deliver(writeMail({ id: 'm1', text: 'one' }));
    const { id } = await find('ana@home.example');
    await expect.poll(() => messages(id)).toHaveLength(1);
    const isSaying = ({ method, path }: { method: string; path: string }) =>
      method === 'POST' && path.endsWith('/messages');
    const before = proxy.passed.filter(isSaying).length;
    proxy.decide((request) => (isSaying(request) ? fate : 'passes'));
    await mailbox.deliver(
      writeMail({ id: 'm2', text: 'two', more: ['References: <m1@home.example>'] }),
    );
    await expect.poll(() => proxy.passed.filter(isSaying).length).toBe(before + 1);
    if (fate === 'hangs') await expect.poll(() => messages(id)).toHaveLength(2);
    await endProgram(bridge.child);
    proxy.decide(() => 'passes');
    await start();
    await mailbox.deliver(
      writeMail({ id: 'm3', text: 'three', more: ['References: <m1@home.example>'] }),
    );
    const said = await eventually(
      () => messages(id),
      (all) => all.at(-1)?.text.endsWith('three') === true,
    );
    expect(said.map(({ text }) => text.replace('My parcel\n\n', ''))).toEqual([
      'one',
      'two',
      'three',
    ]);
  },
);
