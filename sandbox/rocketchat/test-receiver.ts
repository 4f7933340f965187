// Takes Livechat webhooks, for the tests of their sender.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { SettingValues } from './settings.ts';

export interface TestReceiver {
  url: string;
  /** All switches on but that of visitors' messages. */
  settings: Partial<SettingValues>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape.
  bodies: any[];
  /** `X-RocketChat-Livechat-Token`, null where it was missing. */
  tokens: (string | null)[];
  /** How the next are answered; 0: not at all, the connection is cut. */
  status: number;
}

export async function startTestReceiver({ status = 200 } = {}): Promise<TestReceiver> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      receiver.bodies.push(JSON.parse(Buffer.concat(chunks).toString()));
      const token = request.headers['x-rocketchat-livechat-token'];
      receiver.tokens.push(token === undefined ? null : String(token));
      if (receiver.status === 0) request.socket.destroy();
      else response.writeHead(receiver.status).end('{"kept":true}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  const settings = {
    Livechat_webhookUrl: url,
    Livechat_secret_token: 'a-shared-secret',
    Livechat_webhook_on_start: true,
    Livechat_webhook_on_close: true,
    Livechat_webhook_on_chat_taken: true,
    Livechat_webhook_on_chat_queued: true,
    Livechat_webhook_on_forward: true,
    Livechat_webhook_on_agent_message: true,
  };
  const receiver: TestReceiver = { url, settings, bodies: [], tokens: [], status };
  return receiver;
}
