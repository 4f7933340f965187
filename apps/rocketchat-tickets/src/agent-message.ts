// Which messages of a room RapidPro is told, and how (rapidpro.md §4).
import type { IMessage, IMessageAttachment } from '@rocket.chat/apps-engine/definition/messages';
import { UserType } from '@rocket.chat/apps-engine/definition/users';
import type { Means } from './means';
import { tell } from './outbox';
import { streamOf, type Ticket } from './ticket';

// What RapidPro's engine refuses to fetch.
const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** As servers send them, which is more than the engine's type says. */
type Received = IMessage & {
  token?: string;
  type?: string;
  _unmappedProperties_?: { t?: string };
};

/** Written by a person of the desk: no visitor, no bot, no app, no line of the system. */
export function isOfAgent(message: IMessage): boolean {
  const { token, type, sender, _unmappedProperties_: rest } = message as Received;
  if (token || type || rest?.t || !sender) return false;
  return sender.type !== UserType.BOT && sender.type !== UserType.APP;
}

export async function tellAgentMessage(
  means: Means,
  ticket: Ticket,
  message: IMessage,
): Promise<void> {
  const data = await writeData(means, message);
  if (data === null || message.id === undefined) return;
  const { ticketId: ticketID, token } = ticket;
  await tell(means, {
    id: message.id,
    stream: streamOf(ticket),
    target: 'rapidpro',
    type: 'agent-message',
    payload: { type: 'agent-message', ticketID, visitor: { token }, data },
    at: toMs(message.createdAt) ?? means.now(),
  });
}

/** null where there is nothing to send. */
async function writeData(
  means: Means,
  message: IMessage,
): Promise<{ text?: string; attachments?: { type: string; url: string }[] } | null> {
  const attachments: { type: string; url: string }[] = [];
  const lines = message.text ? [message.text] : [];
  for (const file of listFiles(message)) {
    if (file.description) lines.push(file.description);
    const url = await toUrl(means, file.path);
    if (await isTooLarge(means, file.id)) lines.push(url);
    else attachments.push({ type: file.type, url });
  }
  const text = lines.join('\n');
  if (text.trim() === '' && attachments.length === 0) return null;
  return {
    ...(text === '' ? {} : { text }),
    ...(attachments.length === 0 ? {} : { attachments }),
  };
}

interface File {
  id: string;
  type: string;
  path: string;
  description: string | undefined;
}

/** Each attachment is a file of its own; the message's `file` names the first alone. */
function listFiles(message: IMessage): File[] {
  const { file } = message;
  const found: File[] = [];
  for (const one of message.attachments ?? []) {
    const path = one.title?.link ?? one.imageUrl ?? one.audioUrl ?? one.videoUrl;
    if (path === undefined) continue;
    const id = /\/file-upload\/([^/?]+)/.exec(path)?.[1] ?? '';
    const isFirst = file?._id === id;
    const type = typeOf(one) ?? (isFirst ? file?.type : undefined) ?? 'application/octet-stream';
    const { description } = one;
    found.push({ id, type, path: named(path, one.title?.value), description });
  }
  if (found.length > 0 || !file) return found;
  const path = `/file-upload/${file._id}/${encodeURIComponent(file.name)}`;
  return [{ id: file._id, type: file.type, path, description: undefined }];
}

function typeOf(one: IMessageAttachment): string | undefined {
  const typed = one as { imageType?: string; audioType?: string; videoType?: string };
  return typed.imageType ?? typed.audioType ?? typed.videoType;
}

/** RapidPro takes the kind of a file from what stands after the last dot of its address. */
function named(path: string, title: string | undefined): string {
  const [address = path] = path.split('?');
  const last = address.split('/').pop() ?? '';
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(title ?? '')?.[0];
  return last.includes('.') || extension === undefined
    ? address
    : `${address}/${encodeURIComponent(title ?? '')}`;
}

async function toUrl({ read }: Means, path: string): Promise<string> {
  if (/^https?:\/\//.test(path)) return path;
  const site = await read.getEnvironmentReader().getServerSettings().getValueById('Site_Url');
  return `${String(site).replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
}

async function isTooLarge({ read }: Means, fileId: string): Promise<boolean> {
  if (fileId === '') return false;
  const upload = await read
    .getUploadReader()
    .getById(fileId)
    .catch(() => undefined);
  return Number(upload?.size ?? 0) > MAX_FILE_BYTES;
}

function toMs(at: Date | string | undefined): number | null {
  const ms = at === undefined ? Number.NaN : new Date(at).getTime();
  return Number.isNaN(ms) ? null : ms;
}
