// Uploads a file and reports its progress, which fetch cannot.
import { readAttachment } from './read-message.ts';
import { readJson } from './read-value.ts';
import { ownPath } from './rest.ts';
import type { Attachment, Outgoing, Session } from './state.ts';

export type Uploaded =
  | { ok: true; attachment: Attachment }
  | { ok: false; error: NonNullable<Outgoing['error']> };

export function uploadFile(options: {
  session: Session;
  file: File;
  onProgress(share: number): void;
  signal: AbortSignal;
}): Promise<Uploaded> {
  const { session, file, onProgress, signal } = options;
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', ownPath(session, 'attachments'));
    request.setRequestHeader('authorization', `Bearer ${session.mqtt.password}`);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => resolve(readAnswer(request.status, request.responseText));
    request.onerror = () => resolve({ ok: false, error: 'failed' });
    request.onabort = request.ontimeout = () => resolve({ ok: false, error: 'failed' });
    request.timeout = 300_000;
    const form = new FormData();
    form.append('file', file, file.name);
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(form);
  });
}

function readAnswer(status: number, text: string): Uploaded {
  const attachment = status === 201 || status === 200 ? readAttachment(readJson(text)) : null;
  if (attachment !== null) return { ok: true, attachment };
  if (status === 413) return { ok: false, error: 'too-large' };
  return { ok: false, error: status === 400 || status === 415 ? 'refused' : 'failed' };
}
