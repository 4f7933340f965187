// Which messages of a room RapidPro is told, and how (rapidpro.md §4).
import type { IMessage, IMessageAttachment } from '@rocket.chat/apps-engine/definition/messages';
import { UserType } from '@rocket.chat/apps-engine/definition/users';
import type { Means } from './means';
import { tell } from './outbox';
import { findOwnFile, writeAddress } from './own-file';
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

interface Attachment {
  type: string;
  url: string;
}

/** null where there is nothing to send. */
async function writeData(
  means: Means,
  message: IMessage,
): Promise<{ text?: string; attachments?: Attachment[] } | null> {
  const attachments: Attachment[] = [];
  const lines = message.text ? [message.text] : [];
  for (const file of listFiles(message)) {
    if (file.description) lines.push(file.description);
    const written = await writeFile(means, message, file);
    if (typeof written === 'string') lines.push(written);
    else attachments.push(written);
  }
  const text = lines.join('\n');
  if (text.trim() === '' && attachments.length === 0) return null;
  return {
    ...(text === '' ? {} : { text }),
    ...(attachments.length === 0 ? {} : { attachments }),
  };
}

/** A line of the text where RapidPro must not or would not fetch it. */
async function writeFile(
  means: Means,
  { file: first }: IMessage,
  { address, title, type }: File,
): Promise<Attachment | string> {
  const site = await readSite(means);
  const own = findOwnFile(site, address);
  if (own === null) return writeAddress(site, address);
  const url = named(own.url, title);
  if (await isTooLarge(means, own.id)) return url;
  const known = type ?? (first?._id === own.id ? first.type : undefined);
  return { type: known ?? 'application/octet-stream', url };
}

interface File {
  address: string;
  title: string | undefined;
  type: string | undefined;
  description: string | undefined;
}

/** Each attachment is a file of its own; the message's `file` names the first alone. */
function listFiles(message: IMessage): File[] {
  const { file } = message;
  const found: File[] = [];
  for (const one of message.attachments ?? []) {
    const address = one.title?.link ?? one.imageUrl ?? one.audioUrl ?? one.videoUrl;
    if (address === undefined) continue;
    const { title, description } = one;
    found.push({ address, title: title?.value, type: typeOf(one), description });
  }
  if (found.length > 0 || !file) return found;
  const address = `/file-upload/${file._id}/${encodeURIComponent(file.name)}`;
  return [{ address, title: undefined, type: file.type, description: undefined }];
}

function typeOf(one: IMessageAttachment): string | undefined {
  const typed = one as { imageType?: string; audioType?: string; videoType?: string };
  return typed.imageType ?? typed.audioType ?? typed.videoType;
}

/** RapidPro takes the kind of a file from what stands after the last dot of its address. */
function named(url: string, title = ''): string {
  const last = url.split('/').pop() ?? '';
  if (last.includes('.') || !/\.[A-Za-z0-9]{1,8}$/.test(title)) return url;
  return `${url}/${encodeURIComponent(title.replace(/[/\\]/g, '_'))}`;
}

async function readSite({ read }: Means): Promise<string> {
  return String(await read.getEnvironmentReader().getServerSettings().getValueById('Site_Url'));
}

async function isTooLarge({ read }: Means, fileId: string): Promise<boolean> {
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
