// Tells an alarm to Slack, or to the company's own address, signed as deliveries to endpoints are.
import type { Clock } from '../clock.ts';
import type { AlarmNews } from '../contract/mails.ts';
import type { Outbound } from '../outbound/open-guarded-outbound.ts';
import type { Carried, Carrier } from './carrier.ts';
import { mailDelays } from './carry-mail.ts';
import { signatureHeaders } from './sign-delivery.ts';

const PREFIX = 'alarm:';
export const isAlarm = (type: string): boolean => type.startsWith(PREFIX);

interface Ways {
  slackUrl: string | null;
  webhookUrl: string | null;
  webhookSecret: string;
}

export function carryAlarm(means: {
  waysOf: (workspaceId: string) => Promise<Ways>;
  /** In the language of the workspace. */
  word: (workspaceId: string, alarm: AlarmNews) => Promise<string>;
  outbound: Pick<Outbound, 'send'>;
  clock: Pick<Clock, 'now'>;
}): Carrier {
  return async ({ workspaceId, streamId, type, payload, attempts }) => {
    const { alarm } = payload as unknown as { alarm: AlarmNews };
    const ways = await means.waysOf(workspaceId);
    const url = type === `${PREFIX}slack` ? ways.slackUrl : ways.webhookUrl;
    if (url === null) return { state: 'failed', result: 'nobody is to be told there any more' };
    const text = await means.word(workspaceId, alarm);
    const { body, headers } =
      type === `${PREFIX}slack`
        ? toSlack(text)
        : toWebhook(toEvent(alarm, text), {
            ...{ id: streamId, secret: ways.webhookSecret },
            timestampSeconds: Math.floor(means.clock.now() / 1000),
          });
    const answer = await means.outbound.send({
      ...{ url, method: 'POST', body, verifyTls: true },
      headers: { 'content-type': 'application/json', ...headers },
    });
    const status = answer.ok ? answer.status : null;
    if (status !== null && status < 300) return { state: 'done', result: 'told', status };
    const result = answer.ok ? `answered ${answer.status}` : `${answer.error}: ${answer.text}`;
    return again({ result, status }, attempts);
  };
}

function toSlack(text: string) {
  return { body: Buffer.from(JSON.stringify({ text })), headers: {} };
}

/** Signed as an endpoint's webhooks are, where there is a secret. */
function toWebhook(
  event: object,
  { secret, ...of }: { id: string; secret: string; timestampSeconds: number },
) {
  const body = Buffer.from(JSON.stringify(event));
  const secrets = secret === '' ? [] : [secret];
  return { body, headers: signatureHeaders({ ...of, body, secrets }) };
}

function again(said: { result: string; status: number | null }, attempts: number): Carried {
  const afterMs = mailDelays[attempts - 1];
  return afterMs === undefined
    ? { ...said, state: 'failed' }
    : { ...said, state: 'retry', afterMs };
}

function toEvent({ phase, ...alarm }: AlarmNews, text: string) {
  const at = alarm.endedAt ?? alarm.startedAt;
  return { type: `alarm.${phase}`, timestamp: at, data: { ...alarm, text } };
}
