// Brings the private chats of a Telegram bot to Usher, and what is answered there back to them.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ApiChannel,
  makeUsher,
  type PlainUpdate,
  type SaidMessage,
  UsherProblem,
} from '@usher/client';
import type { Answer, Person, TelegramMessage, Update } from './shapes.ts';

/** What a restart must know. */
interface State {
  /** The next update of Telegram. */
  offset: number;
  /** How far Usher's updates have been carried; null: the bridge has never run. */
  after: string | null;
  /** What was carried since then, part by part. */
  carried: string[];
}

/** What of a name can be seen. */
const SEEN = /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;
const LANGUAGE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/;

/** Asking again changes nothing. */
class TelegramRefused extends Error {}

const MOST_TEXT = 4096;
/** Usher's limit of a file. */
const MOST_BYTES = 10 * 1024 * 1024;
const POLL_SECONDS = 25;
const TRIES = 8;

const { env } = process;
const telegramUrl = env.TELEGRAM_URL ?? 'https://api.telegram.org';
const telegramToken = need('TELEGRAM_TOKEN');
const stateFile = env.STATE_FILE ?? 'state.json';
/** Sent at the end. It says that /1 to /5 rate it. */
const ratingText = env.RATING_TEXT ?? '';
const usher = makeUsher({ url: need('USHER_URL'), token: need('USHER_TOKEN') });
const channel: ApiChannel = usher.channel(need('USHER_CHANNEL'));
const stopping = new AbortController();
const { signal } = stopping;
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort());

const state: State = existsSync(stateFile)
  ? (JSON.parse(readFileSync(stateFile, 'utf8')) as State)
  : { offset: 0, after: null, carried: [] };
// Before anybody can write: no answer is missed.
if (state.after === null) keep({ after: await channel.now() });
say('The bridge is open.');
// One that fails ends both: whoever runs the bridge starts it again.
await Promise.all([takeChats(), takeAnswers()].map((one) => one.finally(() => stopping.abort())));
say('The bridge is closed.');

async function takeChats(): Promise<void> {
  while (!signal.aborted) {
    const updates = await poll();
    for (const { update_id, message } of updates) {
      if (signal.aborted) return;
      if (message?.chat.type === 'private') await takeMessage(message).catch(passOver(message));
      keep({ offset: update_id + 1 });
    }
  }
}

/** What Usher will never take must not hold up what comes after it. */
function passOver({ message_id, chat }: TelegramMessage) {
  return (error: unknown) => {
    if (!isRefusedForGood(error)) throw error;
    say(`Not taken: message ${message_id} of ${chat.id}: ${error.message}`);
  };
}

/** For what it is, and not for when it came or by whom. */
function isRefusedForGood(error: unknown): error is UsherProblem {
  return error instanceof UsherProblem && [400, 413, 415, 422].includes(error.status);
}

/** Telegram keeps what came meanwhile for a day. */
async function poll(): Promise<Update[]> {
  const body = { offset: state.offset, timeout: POLL_SECONDS, allowed_updates: ['message'] };
  return (await telegram('getUpdates', body).catch((error: unknown) => {
    if (signal.aborted) return [];
    throw error;
  })) as Update[];
}

/** Named by its number in Telegram: said again after a restart, Usher knows it. */
async function takeMessage(message: TelegramMessage): Promise<void> {
  if (await takeRating(message)) return;
  const { chat, from, message_id, text = message.caption ?? '' } = message;
  const files = await fetchFiles(message);
  const attachmentIds = files.ids;
  const words = clean([text, ...files.missing].filter((part) => part !== '').join('\n'));
  if (words.trim() === '' && attachmentIds.length === 0) return;
  const saying = {
    ...{ conversation: `chat-${chat.id}`, externalId: `${chat.id}-${message_id}` },
    ...{ text: words, attachmentIds },
  };
  for (let tries = TRIES; ; tries -= 1) {
    try {
      await channel.say(saying);
      return;
    } catch (error) {
      const isOver =
        error instanceof UsherProblem &&
        ['conversation.closed', 'conversation.not-found'].includes(error.code);
      if (!isOver || tries === 0) throw error;
      const contact = { externalId: `telegram-${chat.id}`, ...describe(from) };
      await channel.open({ externalId: saying.conversation, contact, source: 'telegram' });
    }
  }
}

/** false: it is none, or of no conversation. */
async function takeRating({ chat, text = '' }: TelegramMessage): Promise<boolean> {
  const score = Number(/^\/([1-5])$/.exec(text)?.[1] ?? 0);
  if (score === 0 || ratingText === '') return false;
  const rated = channel.rate({ conversation: `chat-${chat.id}`, score }).then(() => true);
  return rated.catch((error: unknown) => {
    if (error instanceof UsherProblem && error.status < 500) return false;
    throw error;
  });
}

/** People write there what they like, or nothing. */
function describe({ first_name, last_name, language_code = '' }: Partial<Person> = {}) {
  const name = clean([first_name, last_name].filter(Boolean).join(' '));
  const language = LANGUAGE.test(language_code) && language_code.length <= 35;
  return { ...(SEEN.test(name) && { name }), ...(language && { language: language_code }) };
}

/** Usher keeps no NUL and no half of a pair. */
function clean(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

/** `missing`: in words, what could not come along. */
async function fetchFiles(message: TelegramMessage): Promise<{ ids: string[]; missing: string[] }> {
  const { photo, document, voice, audio, video } = message;
  const found = [photo?.at(-1), document, voice, audio, video].filter((file) => file !== undefined);
  const ids: string[] = [];
  const missing: string[] = [];
  for (const file of found) {
    const { file_id, file_size = 0, mime_type = photo ? 'image/jpeg' : '' } = file;
    const name = file.file_name ?? (photo ? 'photo.jpg' : 'file');
    if (file_size > MOST_BYTES) {
      missing.push(`[${name}: larger than 10 MiB]`);
      continue;
    }
    try {
      const { file_path } = (await telegram('getFile', { file_id })) as { file_path: string };
      const bytes = await fetchBytes(`${telegramUrl}/file/bot${telegramToken}/${file_path}`);
      ids.push((await usher.upload(new Blob([bytes], { type: mime_type }), name)).id);
    } catch (error) {
      // Too large also for Telegram, which need not have said so before.
      if (!(error instanceof TelegramRefused) && !isRefusedForGood(error)) throw error;
      missing.push(`[${name}: it could not be brought here]`);
    }
  }
  return { ids, missing };
}

async function takeAnswers(): Promise<void> {
  const after = state.after ?? '';
  const updates = channel.updates({ after, signal });
  for await (const update of updates) {
    if (updates.after !== null && updates.after !== state.after) {
      keep({ after: updates.after, carried: [] });
    }
    const [, chatId] = update.conversation.match(/^chat-(-?\d+)$/) ?? [];
    if (chatId !== undefined) await show(Number(chatId), update);
    if (signal.aborted) return;
  }
}

async function show(chat_id: number, update: PlainUpdate): Promise<void> {
  if (update.type === 'message' && update.message.authorKind !== 'contact') {
    await carry(chat_id, update.message);
  } else if (update.type === 'closed' && ratingText !== '') {
    const end = `${update.conversationId}-${update.at}`;
    await once(end, () => telegram('sendMessage', { chat_id, text: ratingText }));
  } else if (update.type === 'typing' && update.typing) {
    // Once: it is worth nothing later.
    void ask('sendChatAction', { chat_id, action: 'typing' });
  }
}

/** A part is noted as soon as Telegram has it. If the bridge is killed between the two, that part is sent once more. */
async function carry(chat_id: number, { id, text, attachments }: SaidMessage): Promise<void> {
  for (let at = 0, nth = 0; at < text.length; at += MOST_TEXT, nth += 1) {
    const part = text.slice(at, at + MOST_TEXT);
    await once(`${id}-${nth}`, () => telegram('sendMessage', { chat_id, text: part }));
  }
  for (const [nth, { type, url, name = 'file' }] of attachments.entries()) {
    await once(`${id}-file-${nth}`, async () => {
      const isPhoto = ['image/jpeg', 'image/png'].includes(type);
      const form = new FormData();
      form.set('chat_id', String(chat_id));
      const bytes = await fetchBytes(url);
      form.set(isPhoto ? 'photo' : 'document', new Blob([bytes], { type }), name);
      await telegram(isPhoto ? 'sendPhoto' : 'sendDocument', form);
    });
  }
}

async function once(part: string, send: () => Promise<unknown>): Promise<void> {
  if (state.carried.includes(part)) return;
  await send().catch((error: unknown) => {
    // Nobody there will ever take it: the bot was blocked, or the chat is gone.
    if (!(error instanceof TelegramRefused)) throw error;
    say(`Not delivered: ${part}: ${error.message}`);
  });
  keep({ carried: [...state.carried, part] });
}

/** Asked again until it answers; throws TelegramRefused where asking again changes nothing. */
async function telegram(method: string, body: object | FormData): Promise<unknown> {
  for (let failures = 0; ; failures += 1) {
    const answer = await ask(method, body);
    if (answer?.ok === true) return answer.result;
    if (signal.aborted) throw new Error(`${method}: the bridge is closing.`);
    const { description = 'no answer', parameters } = answer ?? {};
    if (answer !== null && !isPassing(answer)) {
      throw new TelegramRefused(`${method}: ${description}`);
    }
    const seconds = parameters?.retry_after ?? Math.min(30, 0.5 * 2 ** failures);
    say(`${method}: ${description}; again in ${seconds} s`);
    await sleep(seconds * 1000, undefined, { signal }).catch(() => {});
  }
}

/** null: no answer came. What is being sent is sent to its end; only the wait for news is cut short. */
async function ask(method: string, body: object | FormData): Promise<Answer | null> {
  const limit = AbortSignal.timeout((POLL_SECONDS + 30) * 1000);
  const json = { 'content-type': 'application/json' };
  try {
    const response = await fetch(`${telegramUrl}/bot${telegramToken}/${method}`, {
      method: 'POST',
      ...(body instanceof FormData ? { body } : { body: JSON.stringify(body), headers: json }),
      signal: method === 'getUpdates' ? AbortSignal.any([limit, signal]) : limit,
    });
    return (await response.json()) as Answer;
  } catch {
    return null;
  }
}

/** 409: the bridge runs twice, or has just been started again. 429: it is told when to come back. */
function isPassing({ error_code = 0 }: Answer): boolean {
  return error_code >= 500 || error_code === 409 || error_code === 429;
}

async function fetchBytes(url: string): Promise<ArrayBuffer> {
  for (let tries = TRIES; ; tries -= 1) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(60_000) });
      if (response.ok) return await response.arrayBuffer();
      // The address of Telegram has the token in it: it stays out of what is said.
      throw new Error(`A file could not be fetched: ${response.status}.`);
    } catch (error) {
      if (tries === 0 || signal.aborted) throw error;
      await sleep(1000, undefined, { signal }).catch(() => {});
    }
  }
}

/** Written beside and renamed: the file is always whole. */
function keep(change: Partial<State>): void {
  Object.assign(state, change);
  writeFileSync(`${stateFile}.new`, JSON.stringify(state), { flush: true });
  renameSync(`${stateFile}.new`, stateFile);
}

function need(name: string): string {
  const value = env[name];
  if (value === undefined || value === '') throw new Error(`Set ${name}.`);
  return value;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
