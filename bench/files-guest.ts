// A visitor with an open conversation who uploads files.
import { connectMqtt } from '../browser/connect-mqtt.ts';

export interface Guest {
  sessionId: string;
  token: string;
}

export async function openGuest(url: string, address: string): Promise<Guest> {
  const answer = await fetch(`${url}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: '{}',
  });
  const { sessionId, sessionTopic, mqtt } = (await answer.json()) as {
    sessionId: string;
    sessionTopic: string;
    mqtt: { url: string; clientId: string; username: string; password: string };
  };
  const link = await connectMqtt({
    ...mqtt,
    keepAliveSeconds: 60,
    onMessage: () => {},
    onClose: () => {},
  });
  await link.publish(`${sessionTopic}/server/messages`, '{"content":"I have a file"}', 1);
  return { sessionId, token: mqtt.password };
}

/** Never fails: 0 is a connection that was ended. */
export async function sendFile(
  url: string,
  { sessionId, token }: Guest,
  file: { bytes: Buffer; address: string; type?: string },
): Promise<{ status: number }> {
  const form = new FormData();
  const { bytes, address, type = 'application/octet-stream' } = file;
  form.append('file', new Blob([new Uint8Array(bytes)], { type }), 'file');
  return fetch(`${url}/session/${sessionId}/attachments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'x-forwarded-for': address },
    body: form,
  }).then(
    async (answer) => {
      await answer.arrayBuffer();
      return { status: answer.status };
    },
    () => ({ status: 0 }),
  );
}
