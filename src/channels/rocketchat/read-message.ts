// Reads a message of a room, as the webhook writes it and as the history does.
import { type Fields, readFields, readInstant, readList, readText } from './read-fields.ts';
import type { RemoteFile, RemoteMessage } from './types.ts';

/** null: nothing that could be kept, or no id to know it by. In a webhook `agentId` names an agent. */
export function readToldMessage(value: unknown): RemoteMessage | null {
  const raw = readFields(value);
  return readMessage(raw, readText(raw.agentId, 64) || null);
}

/** In the history a visitor's message has a token, and a message of the system a type. */
export function readHistoryMessage(value: unknown): RemoteMessage | null {
  const raw = readFields(value);
  const isSystem = typeof raw.t === 'string' && raw.t !== 'livechat-close';
  const isVisitors = typeof raw.token === 'string';
  const author = readText(readFields(raw.u)._id, 64) || null;
  return readMessage(raw, isSystem || isVisitors ? null : author);
}

function readMessage(raw: Fields, agentId: string | null): RemoteMessage | null {
  const id = readText(raw._id, 64);
  const at = readInstant(raw.ts);
  if (id === '' || at === null) return null;
  return {
    ...{ id, agentId, at },
    text: readText(raw.msg),
    editedAt: readInstant(raw.editedAt),
    isClosing: raw.closingMessage === true || raw.t === 'livechat-close',
    files: readFiles(raw),
  };
}

const MOST_FILES = 10;

function readFiles(raw: Fields): RemoteFile[] {
  const named = [raw.file, ...readList(raw.files)].map(readFields);
  const first = named.find(({ name }) => typeof name === 'string') ?? {};
  const { publicFilePath, type } = readFields(raw.fileUpload);
  const told = readText(publicFilePath, 2000);
  const attached = readList(raw.attachments).slice(0, MOST_FILES).map(readFields);
  const one = (url: string, name: unknown, kind: unknown): RemoteFile => ({
    ...{ url, name: readText(name, 255) || 'file' },
    type: readText(kind, 100) || readText(first.type, 100) || 'application/octet-stream',
  });
  if (told !== '') return [one(told, first.name ?? attached[0]?.title, type)];
  const files = attached.map((attachment) => {
    const { title_link, image_url, audio_url, video_url, title } = attachment;
    const url = [title_link, image_url, audio_url, video_url].find((link) => readText(link) !== '');
    return url === undefined ? null : one(readText(url, 2000), title ?? first.name, first.type);
  });
  return files.filter((file) => file !== null);
}
