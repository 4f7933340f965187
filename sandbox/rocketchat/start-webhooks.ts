// Sends Livechat webhooks: each by itself, so that they overtake each other; what waits for a retry lives in memory.
import { Agent, request } from 'undici';
import type { Faults } from './faults.ts';
import type { Room } from './state.ts';
import { isTold, type Telling, type WebhookType, webhookBody } from './webhook-body.ts';
import type { World } from './world.ts';

const ATTEMPTS = 5;
/** Waits so many times `Livechat_http_timeout` before the next attempt. */
const TIMEOUTS_BETWEEN = 4;

/** One attempt. */
export interface RecordedWebhook {
  /** By the server's clock. */
  at: number;
  type: WebhookType;
  rid: string;
  /** 1 to 5. */
  attempt: number;
  /** JSON text. */
  payload: string;
  /** null while under way, and when no answer came. */
  status: number | null;
}

export interface Webhooks {
  readonly recorded: RecordedWebhook[];
  /** Nothing is under way; those that wait for their next attempt are not counted. */
  idle(): Promise<void>;
  /** Those that wait for their next attempt. */
  waiting(): number;
  /** As a restart of the server: what waits for a retry is lost. */
  forget(): void;
  stop(): Promise<void>;
}

interface Job {
  type: WebhookType;
  room: Room;
  payload: string;
  attempt: number;
}

// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one life, whose requests and retries share their state.
export function startWebhooks(world: World, faults: Faults): Webhooks {
  const dispatcher = new Agent({ connections: 64, pipelining: 1 });
  const ending = new AbortController();
  const recorded: RecordedWebhook[] = [];
  const cancels = new Set<() => void>();
  const underWay = new Set<Promise<void>>();

  const later = (ms: number, act: () => void): void => {
    const cancel = world.clock.after(ms, () => {
      cancels.delete(cancel);
      act();
    });
    cancels.add(cancel);
  };

  const send = (job: Job): void => {
    if (ending.signal.aborted) return;
    const sending = attempt(job).finally(() => underWay.delete(sending));
    underWay.add(sending);
  };

  const attempt = async (job: Job): Promise<void> => {
    const { type, room, payload } = job;
    const { Livechat_http_timeout: timeoutMs } = world.settings;
    const record: RecordedWebhook = {
      ...{ at: world.clock.now(), type, rid: room._id, attempt: job.attempt, payload },
      status: null,
    };
    recorded.push(record);
    try {
      const answer = await post(world, { payload, dispatcher, signal: ending.signal });
      record.status = answer.status;
      if (answer.status === 200) room.crmData = answer.text;
      if (!isRetryable(answer.status)) return;
    } catch {
      if (ending.signal.aborted) return;
    }
    if (job.attempt === ATTEMPTS) return;
    later(timeoutMs * TIMEOUTS_BETWEEN, () => send({ ...job, attempt: job.attempt + 1 }));
  };

  const tell = (telling: Telling): void => {
    if (world.settings.Livechat_webhookUrl === '') return;
    const { type, room } = telling;
    const payload = JSON.stringify(webhookBody(world, telling));
    for (const delayMs of faults.drawWebhookDelays()) {
      const job = { type, room, payload, attempt: 1 };
      if (delayMs === 0) send(job);
      else later(delayMs, () => send(job));
    }
  };
  listen(world, tell);

  return {
    recorded,
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    waiting: () => cancels.size,
    forget() {
      for (const cancel of cancels) cancel();
      cancels.clear();
    },
    async stop() {
      ending.abort();
      for (const cancel of cancels) cancel();
      await dispatcher.destroy();
    },
  };
}

function isRetryable(status: number): boolean {
  return status >= 500 || status === 429;
}

/** Each kind has its switch; the edit of a closed room has none. */
function listen({ listeners, settings }: World, tell: (telling: Telling) => void): void {
  listeners.on('onRoomStarted', ({ room }) => {
    if (settings.Livechat_webhook_on_start) tell({ type: 'LivechatSessionStart', room });
  });
  listeners.on('onQueued', ({ room }) => {
    if (settings.Livechat_webhook_on_chat_queued) tell({ type: 'LivechatSessionQueued', room });
  });
  listeners.on('onTaken', ({ room }) => {
    if (settings.Livechat_webhook_on_chat_taken) tell({ type: 'LivechatSessionTaken', room });
  });
  listeners.on('onForwarded', ({ room, oldServedBy, oldDepartmentId }) => {
    if (!settings.Livechat_webhook_on_forward) return;
    tell({ type: 'LivechatSessionForwarded', room, oldServedBy, oldDepartmentId });
  });
  listeners.on('onClosed', ({ room }) => {
    if (settings.Livechat_webhook_on_close) tell({ type: 'LivechatSession', room });
  });
  listeners.on('onRoomSaved', ({ room }) => {
    if (!room.open) tell({ type: 'LivechatEdit', room });
  });
  const tellMessage: Parameters<typeof listeners.on<'onMessage'>>[1] = ({ room, message }) => {
    const isWanted =
      message.token === undefined
        ? settings.Livechat_webhook_on_agent_message
        : settings.Livechat_webhook_on_visitor_message;
    if (isWanted && isTold(message)) tell({ type: 'Message', room, messages: [message] });
  };
  listeners.on('onMessage', tellMessage);
  listeners.on('onEdited', tellMessage);
}

async function post(
  { settings }: World,
  { payload, dispatcher, signal }: { payload: string; dispatcher: Agent; signal: AbortSignal },
): Promise<{ status: number; text: string }> {
  const secret = settings.Livechat_secret_token;
  const answer = await request(settings.Livechat_webhookUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(secret !== '' && { 'X-RocketChat-Livechat-Token': secret }),
    },
    body: payload,
    dispatcher,
    signal: AbortSignal.any([signal, AbortSignal.timeout(settings.Livechat_http_timeout)]),
  });
  return { status: answer.statusCode, text: await answer.body.text() };
}
