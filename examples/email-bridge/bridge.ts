// Brings the mails of one mailbox to Usher, and what is answered there back as mails of the same thread.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeUsher, type SaidMessage, UsherProblem } from '@usher/client';
import { type FetchMessageObject, ImapFlow } from 'imapflow';
import { type ParsedMail, simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { automaticBy, callSender, clean, nameOf, withoutQuote } from './read-mail.ts';

/** Of a conversation: to whom and in which thread its answers go. */
interface Thread {
  to: string;
  subject: string;
  references: string[];
}
/** What a restart must know. */
interface State {
  /** Of the mailbox; where it has changed, all mails since the first start are looked at again. */
  uidValidity: string;
  /** The last mail that was taken. */
  uid: number;
  /** When the bridge ran for the first time: older mails stay where they are. */
  since: number;
  /** How far Usher's updates have been carried. */
  after: string;
  /** What was carried since then. */
  carried: string[];
  threads: Record<string, Thread>;
}

const MOST_BYTES = 10 * 1024 * 1024;
const MOST_MAIL_BYTES = 30 * 1024 * 1024;
const [MOST_TEXT, MOST_FILES, MOST_REFERENCES, MOST_THREADS] = [8000, 10, 20, 10_000];
const MOST_SUBJECT = 500;
const NOT_OPEN = ['conversation.closed', 'conversation.not-found'];

const { env } = process;
const address = need('MAIL_ADDRESS').toLowerCase();
const domain = address.split('@')[1] ?? 'localhost';
const stateFile = env.STATE_FILE ?? 'state.json';
const pollMs = Number(env.POLL_SECONDS ?? 10) * 1000;
const usher = makeUsher({ url: need('USHER_URL'), token: need('USHER_TOKEN') });
const channel = usher.channel(need('USHER_CHANNEL'));
const smtp = createTransport(need('SMTP_URL'));
const stopping = new AbortController();
const { signal } = stopping;
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort());

const state: State = existsSync(stateFile)
  ? (JSON.parse(readFileSync(stateFile, 'utf8')) as State)
  : await begin();
say('The bridge is open.');
// One that fails ends both: whoever runs the bridge starts it again.
await Promise.all([takeMails(), takeAnswers()].map((one) => one.finally(() => stopping.abort())));
say('The bridge is closed.');

async function begin(): Promise<State> {
  const now = { since: Date.now(), after: await channel.now() };
  const first = { uidValidity: '', uid: 0, ...now, carried: [], threads: {} };
  writeState(first);
  return first;
}

async function takeMails(): Promise<void> {
  while (!signal.aborted) {
    await readMailbox().catch((error: Error) => {
      if (error instanceof UsherProblem) throw error;
      say(`The mailbox cannot be read: ${error.message}`);
    });
    await pause(5000);
  }
}

async function readMailbox(): Promise<void> {
  const url = new URL(need('IMAP_URL'));
  const secure = url.protocol === 'imaps:';
  const auth = { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
  const port = Number(url.port) || (secure ? 993 : 143);
  const imap = new ImapFlow({ host: url.hostname, port, secure, auth, logger: false });
  imap.on('error', () => {});
  try {
    await imap.connect();
    const box = await imap.mailboxOpen(env.IMAP_FOLDER ?? 'INBOX');
    const uidValidity = String(box.uidValidity);
    if (uidValidity !== state.uidValidity) keep({ uidValidity, uid: 0 });
    while (!signal.aborted) {
      await imap.noop();
      await readNew(imap);
      await pause(pollMs);
    }
  } finally {
    await imap.logout().catch(() => imap.close());
  }
}

async function readNew(imap: ImapFlow): Promise<void> {
  const asked = { uid: true, size: true, internalDate: true };
  const heads = await imap.fetchAll(`${state.uid + 1}:*`, asked, { uid: true });
  for (const head of heads.toSorted((one, other) => one.uid - other.uid)) {
    if (signal.aborted) return;
    // `*` is the last one, also where that is older.
    if (head.uid <= state.uid) continue;
    if (isWanted(head)) {
      const mail = await imap.fetchOne(String(head.uid), { source: true }, { uid: true });
      const { source } = mail || { source: undefined };
      if (source !== undefined) await takeSource(source);
    }
    keep({ uid: head.uid });
  }
}

function isWanted({ uid, size = 0, internalDate }: FetchMessageObject): boolean {
  if (new Date(internalDate ?? Date.now()).getTime() < state.since - 1000) return false;
  if (size <= MOST_MAIL_BYTES) return true;
  say(`Mail ${uid} is left in the mailbox: it has ${size} bytes.`);
  return false;
}

/** What Usher will never take must not hold up what comes after it. */
async function takeSource(source: Buffer): Promise<void> {
  const mail = await simpleParser(source);
  await takeMail(mail, source).catch((error: unknown) => {
    if (!isRefusedForGood(error)) throw error;
    say(`Not taken: ${mail.messageId ?? 'a mail'} is refused: ${error.message}`);
  });
}

/** For what it is, and not for when it came or by whom. */
function isRefusedForGood(error: unknown): error is UsherProblem {
  return error instanceof UsherProblem && [400, 413, 415, 422].includes(error.status);
}

/** Named by its Message-ID: said again after a restart, Usher knows it. */
async function takeMail(mail: ParsedMail, source: Buffer): Promise<void> {
  const from = mail.from?.value[0];
  const sender = from?.address?.toLowerCase();
  const reason = sender ? automaticBy(mail, { sender, mailbox: address }) : 'has no sender';
  if (!sender || reason !== null) {
    say(`Not taken: ${mail.messageId ?? 'a mail'} ${reason}`);
    return;
  }
  const messageId = mail.messageId ?? `<${hash(source)}@unnamed>`;
  const references = [mail.references ?? [], mail.inReplyTo ?? [], messageId].flat();
  const conversation = findThread(references, sender);
  const subject = mail.subject ?? '';
  const thread = { to: sender, subject, references: [...new Set(references)] };
  // Before anybody can answer.
  keepThread(conversation, thread);
  const isFirst = references[0] === messageId;
  const { attachmentIds, missing } = await upload(mail);
  const said = withoutQuote(mail.text ?? '');
  const cut =
    said.length > MOST_TEXT ? `${said.slice(0, MOST_TEXT)} [the rest is in the mailbox]` : said;
  const title = isFirst ? subject.slice(0, MOST_SUBJECT) : '';
  const parts = [title, cut, ...missing].map(clean).filter((part) => part.trim());
  const text = parts.join('\n\n');
  const saying = { conversation, externalId: hash(`${messageId}\n${sender}`), text, attachmentIds };
  if (text === '' && attachmentIds.length === 0) saying.text = '(an empty mail)';
  const name = callSender(from?.name ?? '', sender);
  await sayOpened(saying, { externalId: sender, email: sender, name });
}

async function sayOpened(
  saying: Parameters<typeof channel.say>[0],
  contact: { externalId: string; email: string; name: string },
): Promise<void> {
  for (let tries = 5; ; tries -= 1) {
    try {
      return void (await channel.say(saying));
    } catch (error) {
      const code = error instanceof UsherProblem ? error.code : '';
      // Another mail of the same sender has that Message-ID: the first one stands.
      if (code === 'idempotency-key.reused') return;
      if (tries === 0 || !NOT_OPEN.includes(code)) throw error;
      await channel.open({ externalId: saying.conversation, contact, source: 'mail' });
    }
  }
}

/** A thread belongs to who began it: nobody else comes in by naming its mails. */
function findThread(references: readonly string[], sender: string): string {
  for (const id of references.toReversed()) {
    const [, own = ''] = id.match(/^<(mail-[0-9a-f]{40})\.[^@]+@/) ?? [];
    if (state.threads[own]?.to === sender) return own;
  }
  return `mail-${hash(`${references[0]}\n${sender}`)}`;
}

/** Of a long thread the first and the last mails; of all threads the last ones. */
function keepThread(conversation: string, { references, ...thread }: Thread): void {
  const last = references.slice(1).slice(1 - MOST_REFERENCES);
  const { [conversation]: _, ...others } = state.threads;
  const kept = Object.entries(others).slice(1 - MOST_THREADS);
  const own = { ...thread, references: [...references.slice(0, 1), ...last] };
  keep({ threads: { ...Object.fromEntries(kept), [conversation]: own } });
}

async function upload({ attachments }: ParsedMail) {
  const attachmentIds: string[] = [];
  const missing: string[] = [];
  for (const { content, contentType, filename = 'file' } of attachments) {
    if (content.length > MOST_BYTES || attachmentIds.length === MOST_FILES) {
      if (missing.length < MOST_FILES)
        missing.push(`[${nameOf(filename)} did not come along: it is in the mailbox]`);
      continue;
    }
    const blob = new Blob([new Uint8Array(content)], { type: contentType });
    try {
      attachmentIds.push((await usher.upload(blob, filename)).id);
    } catch (error) {
      if (!isRefusedForGood(error)) throw error;
      missing.push(`[${nameOf(filename)} did not come along: it is in the mailbox]`);
    }
  }
  return { attachmentIds, missing };
}

async function takeAnswers(): Promise<void> {
  const updates = channel.updates({ after: state.after, signal });
  for await (const update of updates) {
    if (updates.after !== null && updates.after !== state.after) {
      keep({ after: updates.after, carried: [] });
    }
    const { conversation } = update;
    const thread = state.threads[conversation];
    if (thread === undefined) continue;
    if (update.type === 'message' && update.message.authorKind !== 'contact') {
      await carry(conversation, thread, update.message);
    }
    if (signal.aborted) return;
  }
}

/** If the bridge is killed between sending and noting it, the mail goes out again under the same Message-ID. */
async function carry(conversation: string, thread: Thread, said: SaidMessage): Promise<void> {
  if (state.carried.includes(said.id)) return;
  const messageId = `<${conversation}.${said.id}@${domain}>`;
  const attachments = said.attachments.map(({ url, name, type }) => ({
    ...{ path: url, filename: name ?? 'file', contentType: type },
  }));
  const mail = {
    ...{ from: address, to: thread.to, messageId, text: said.text, attachments },
    disableFileAccess: true,
    subject: /^re:/i.test(thread.subject) ? thread.subject : `Re: ${thread.subject}`,
    ...{ inReplyTo: thread.references.at(-1) ?? '', references: thread.references },
    // The words of a plan are no person's.
    ...(said.authorKind === 'system' && { headers: { 'Auto-Submitted': 'auto-replied' } }),
  };
  await send(mail);
  keepThread(conversation, { ...thread, references: [...thread.references, messageId] });
  keep({ carried: [...state.carried, said.id] });
}

async function send(mail: Parameters<typeof smtp.sendMail>[0]): Promise<void> {
  for (let waitMs = 1000; ; waitMs = Math.min(60_000, waitMs * 2)) {
    const error = await smtp.sendMail(mail).then(
      () => null,
      (failure: Error & { responseCode?: number; code?: string }) => failure,
    );
    if (error === null) return;
    say(`Not sent: ${error.message}`);
    // Nobody there will ever take it, or the mail server can write to no such address.
    const { code, responseCode = code === 'EENVELOPE' ? 550 : 0 } = error;
    if (responseCode >= 500) return;
    if (signal.aborted) throw error;
    await pause(waitMs);
  }
}

function keep(change: Partial<State>): void {
  writeState(Object.assign(state, change));
}

/** Written beside and renamed: the file is always whole. */
function writeState(next: State): void {
  writeFileSync(`${stateFile}.new`, JSON.stringify(next), { flush: true });
  renameSync(`${stateFile}.new`, stateFile);
}

function hash(what: string | Buffer): string {
  return createHash('sha256').update(what).digest('hex').slice(0, 40);
}

function pause(ms: number): Promise<void> {
  return sleep(ms, undefined, { signal }).catch(() => {});
}

function need(name: string): string {
  const value = env[name];
  if (value === undefined || value === '') throw new Error(`Set ${name}.`);
  return value;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
