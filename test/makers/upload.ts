// A visitor's file, sent as a browser would.
import type { TestUsher } from './start-test-usher.ts';
import { connectWeb, type SessionAnswer } from './web-client.ts';

export interface Uploaded {
  id: string;
  type: string;
  name: string;
  size: number;
  url: string;
}

export interface FileToUpload {
  bytes: Uint8Array | string;
  name?: string;
  type?: string;
  headers?: Record<string, string>;
}

type Answer = { status: number; body: Uploaded };

/** Into a conversation that the session has, or that is begun first. */
export async function upload(
  usher: Pick<TestUsher, 'url'>,
  session: SessionAnswer,
  file: FileToUpload,
): Promise<Answer> {
  const first = await uploadOnly(usher, session, file);
  if (first.status !== 409) return first;
  await beginConversation(session);
  return uploadOnly(usher, session, file);
}

export async function beginConversation(session: SessionAnswer): Promise<void> {
  // Beside what else the session has open: another tab.
  const clientId = `visitor-${session.sessionId}-${crypto.randomUUID().slice(0, 8)}`;
  const client = await connectWeb({ ...session.mqtt, clientId });
  await client.say(`${session.sessionTopic}/server/messages`, { content: 'I have a file' });
  await client.close();
}

export async function uploadOnly(
  usher: Pick<TestUsher, 'url'>,
  { sessionId, mqtt }: SessionAnswer,
  file: FileToUpload,
): Promise<Answer> {
  const form = new FormData();
  const { bytes, name = 'file', type = 'application/octet-stream', headers = {} } = file;
  form.append('file', new Blob([bytes as Buffer<ArrayBuffer>], { type }), name);
  const answer = await fetch(`${usher.url}/session/${sessionId}/attachments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${mqtt.password}`, ...headers },
    body: form,
  });
  return { status: answer.status, body: (await answer.json()) as Uploaded };
}
