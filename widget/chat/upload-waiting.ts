// Uploads the files of the outbox once there is a conversation that they go with.
import type { Chat } from './context.ts';
import { flushOutbox } from './flush-outbox.ts';
import { isLive, type Outgoing } from './state.ts';
import { uploadFile } from './upload-file.ts';

const uploads = new Map<string, AbortController>();

/** The server takes none before the conversation is open. */
export function uploadWaiting(chat: Chat): void {
  if (!isLive(chat.get())) return;
  for (const { clientMessageId, state } of chat.get().outbox) {
    if (state === 'uploading' && !uploads.has(clientMessageId)) void upload(chat, clientMessageId);
  }
}

/** What was taken back is not sent any further. */
export function cancelUpload(clientMessageId: string): void {
  uploads.get(clientMessageId)?.abort();
}

async function upload(chat: Chat, clientMessageId: string): Promise<void> {
  const file = chat.files.get(clientMessageId);
  const { session } = chat.get();
  if (file === undefined || session === null) return;
  const controller = new AbortController();
  uploads.set(clientMessageId, controller);
  const change = (change: Partial<Outgoing>) =>
    chat.dispatch({ type: 'outgoing-changed', clientMessageId, change });
  const onProgress = (progress: number) => change({ progress });
  const uploaded = await uploadFile({
    ...{ session, file, onProgress },
    signal: controller.signal,
  });
  if (uploaded.ok) {
    const { name, type, size } = file;
    const sent = { name, type, size, attachmentId: uploaded.attachment.id };
    change({ state: 'waiting', progress: 1, file: sent });
    chat.files.delete(clientMessageId);
  } else change({ state: 'failed', error: uploaded.error });
  uploads.delete(clientMessageId);
  await flushOutbox(chat);
}
