// An emulated Qiscus and webhooks that the test sends itself, so that it knows which were answered.
import { request } from 'undici';
import type { QiscusEmulator } from '../../sandbox/qiscus/emulator.ts';

const SECRET = 'webhook-secret';

/** Asks often for agents; looks for rooms whose webhook was lost only when it starts. */
export function qiscusEnvironment(
  { url, app }: QiscusEmulator,
  databaseUrl: string,
): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    QISCUS_BASE_URL: url,
    QISCUS_APP_ID: app.appId,
    QISCUS_SECRET: app.secretKey,
    QISCUS_EMAIL: app.adminEmail,
    QISCUS_PASSWORD: app.adminPassword,
    QISCUS_WEBHOOK_SECRET: SECRET,
    QISCUS_SYNC_BUSY_MS: '1000',
    QISCUS_SYNC_CALM_MS: '1000',
    QISCUS_SYNC_ROOMS_MS: '3600000',
    USHER_SWEEP_MS: '500',
  };
}

/** Answers the status; throws when there was no answer. */
export function sendAllocation(
  url: string,
  { app }: QiscusEmulator,
  roomId: string,
): Promise<number> {
  return send(`${url}/api/v1/webhook/agent_allocation/${SECRET}`, {
    app_id: app.appId,
    room_id: roomId,
    source: 'qiscus',
    name: roomId,
    email: `${roomId}@example.com`,
    is_resolved: false,
    is_new_session: true,
    latest_service: null,
    candidate_agent: null,
    extras: null,
  });
}

export function sendResolution(
  url: string,
  qiscus: QiscusEmulator,
  roomId: string,
): Promise<number> {
  return send(`${url}/api/v1/webhook/mark_as_resolved/${SECRET}`, {
    customer: { name: roomId, user_id: roomId, additional_info: [] },
    resolved_by: { id: 1, name: 'Admin', email: qiscus.app.adminEmail, type: 'admin' },
    service: {
      id: qiscus.room(roomId)?.services.at(-1)?.id ?? 0,
      room_id: roomId,
      is_resolved: true,
      notes: null,
    },
  });
}

async function send(url: string, payload: object): Promise<number> {
  const { statusCode, body } = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(payload),
    headersTimeout: 10_000,
  });
  await body.dump();
  return statusCode;
}
