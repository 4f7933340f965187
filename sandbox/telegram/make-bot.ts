// The bot's private chats, and the methods of https://core.telegram.org/bots/api on them.
import { BotError } from './bot-error.ts';
import { makeUpdates, type Updates } from './make-updates.ts';

export interface TelegramFile {
  name: string;
  type: string;
  bytes: Uint8Array;
  /** Telegram need not say how large a file is. */
  isSizeUnsaid?: boolean;
}
/** What a person writes. A picture comes as a photo, anything else as a document. */
export interface Said {
  text?: string;
  file?: TelegramFile;
  /** What is said of them, which is up to them and their program. */
  from?: { first_name?: string; last_name?: string; language_code?: string };
}
/** What a person is shown. */
export interface Seen {
  text: string;
  file?: { name: string; bytes: Uint8Array };
}

export interface Bot {
  /** Of everybody who has ever written to it. */
  chats: Map<number, Seen[]>;
  blocked: Set<number>;
  /** To whom it was last shown that the bot types. */
  typing: Set<number>;
  files: Map<string, Uint8Array>;
  updates: Updates;
  lastMessage: number;
}

const MOST_TEXT = 4096;
const MOST_CAPTION = 1024;
/** A bot fetches no larger ones. */
const MOST_FETCHED = 20 * 1024 * 1024;

export function makeBot(): Bot {
  const [chats, files] = [new Map(), new Map()];
  const [blocked, typing] = [new Set<number>(), new Set<number>()];
  return { chats, blocked, typing, files, updates: makeUpdates(), lastMessage: 0 };
}

export function say(bot: Bot, chatId: number, { text, file, from: about }: Said): void {
  if (!bot.chats.has(chatId)) bot.chats.set(chatId, []);
  const first_name = `Person ${chatId}`;
  const from = { id: chatId, is_bot: false, first_name, language_code: 'en', ...about };
  const words = file === undefined ? { text } : { caption: text, ...attach(bot, file) };
  bot.lastMessage += 1;
  bot.updates.add({
    ...{ message_id: bot.lastMessage, date: 1_700_000_000, from },
    ...{ chat: { id: chatId, type: 'private', first_name }, ...words },
  });
}

function attach({ files }: Bot, file: TelegramFile): object {
  const { name: file_name, type: mime_type, bytes, isSizeUnsaid = false } = file;
  const file_id = `file-${files.size + 1}`;
  files.set(file_id, bytes);
  const size = isSizeUnsaid ? {} : { file_size: bytes.length };
  const about = { file_id, file_unique_id: `u-${file_id}`, ...size };
  if (!mime_type.startsWith('image/')) return { document: { ...about, file_name, mime_type } };
  const small = { ...about, width: 90, height: 90 };
  return { photo: [small, { ...about, width: 800, height: 800 }] };
}

export async function callMethod(
  bot: Bot,
  { method, fields, signal }: { method: string; fields: FormData; signal: AbortSignal },
): Promise<unknown> {
  const read = (name: string) => String(fields.get(name) ?? '');
  switch (method) {
    case 'getUpdates':
      return bot.updates.read({
        ...{ offset: Number(read('offset')), seconds: Number(read('timeout')), signal },
      });
    case 'getFile':
      return getFile(bot, read('file_id'));
    case 'sendMessage':
      return send(bot, Number(read('chat_id')), { text: read('text') });
    case 'sendChatAction':
      return showAction(bot, Number(read('chat_id')), read('action'));
    case 'sendDocument':
    case 'sendPhoto': {
      const file = await readFile(fields.get(method === 'sendPhoto' ? 'photo' : 'document'));
      return send(bot, Number(read('chat_id')), { text: read('caption'), file });
    }
    default:
      throw new BotError(404, 'Not Found: method not found');
  }
}

function getFile({ files }: Bot, file_id: string): object {
  const bytes = files.get(file_id);
  if (bytes === undefined) throw new BotError(400, 'Bad Request: invalid file_id');
  if (bytes.length > MOST_FETCHED) throw new BotError(400, 'Bad Request: file is too big');
  return { file_id, file_path: `documents/${file_id}` };
}

function showAction({ chats, typing }: Bot, chatId: number, action: string): true {
  if (!chats.has(chatId)) throw new BotError(400, 'Bad Request: chat not found');
  if (action !== 'typing')
    throw new BotError(400, 'Bad Request: wrong parameter action in request');
  typing.add(chatId);
  return true;
}

async function readFile(given: ReturnType<FormData['get']>) {
  if (!(given instanceof File)) throw new BotError(400, 'Bad Request: there is no file');
  return { name: given.name, bytes: new Uint8Array(await given.arrayBuffer()) };
}

function send(bot: Bot, chatId: number, seen: Seen): object {
  const chat = bot.chats.get(chatId);
  if (chat === undefined) throw new BotError(400, 'Bad Request: chat not found');
  if (bot.blocked.has(chatId)) throw new BotError(403, 'Forbidden: bot was blocked by the user');
  if (seen.text.length > (seen.file === undefined ? MOST_TEXT : MOST_CAPTION)) {
    throw new BotError(400, 'Bad Request: message is too long');
  }
  if (seen.text.trim() === '' && seen.file === undefined) {
    throw new BotError(400, 'Bad Request: message text is empty');
  }
  chat.push(seen);
  bot.lastMessage += 1;
  return { message_id: bot.lastMessage, chat: { id: chatId, type: 'private' }, text: seen.text };
}
