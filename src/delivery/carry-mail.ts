// Brings a mail to the operator's mail server, and judges what it says.
import type { Clock } from '../clock.ts';
import type { Mail, Smtp } from '../outbound/make-smtp.ts';
import type { Delivery } from '../store/delivery-claims.ts';
import type { Carried, Carrier } from './carrier.ts';

/** Writes the mail when it is sent: what waits in the queue holds no text and no readable link. */
export type ComposeMail = (given: {
  workspaceId: string;
  deliveryKey: string;
  type: string;
  payload: Record<string, unknown>;
}) => Promise<{ mail: Omit<Mail, 'messageId'> } | { nothing: string }>;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Before each attempt after the first: a day and a half in all, beyond which nobody waits for a mail. */
export const mailDelays = [
  ...[10 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE],
  ...[1, 2, 4, 8, 12].map((hours) => hours * HOUR),
];
const JITTER = 0.1;

export function carryMail(means: {
  /** null: none is set up any more. */
  smtp: Pick<Smtp, 'hand' | 'from'> | null;
  compose: ComposeMail;
  clock: Pick<Clock, 'now'>;
}): Carrier {
  return async (delivery) => {
    const { workspaceId, streamId: deliveryKey, type, payload, attempts } = delivery;
    const { smtp } = means;
    if (smtp === null) return over(delivery, { state: 'failed', result: 'SMTP_URL is not set' });
    const composed = await means.compose({ workspaceId, deliveryKey, type, payload });
    if ('nothing' in composed) return over(delivery, { state: 'done', result: composed.nothing });
    const handed = await smtp.hand({ ...composed.mail, messageId: idOf(delivery, smtp.from) });
    if (handed.ok) {
      return over(delivery, { state: 'done', result: 'sent', status: 250, answer: handed.text });
    }
    const { reason, status, uncertain, text: answer } = handed;
    const result = `${words[reason]}: ${answer}`;
    const afterMs = mailDelays[attempts - 1];
    if (reason === 'refused' || afterMs === undefined) {
      return over(delivery, { state: 'failed', result, status, answer, uncertain });
    }
    const jittered = afterMs * (1 - JITTER + 2 * JITTER * Math.random());
    return { state: 'retry', result, status, answer, uncertain, afterMs: jittered };
  };
}

const words = {
  refused: 'refused',
  later: 'put off',
  login: 'SMTP_URL: the mail server refuses the user or the password',
  unreachable: 'no answer',
} as const;

/** What is kept of it from now on is to whom it went: the facts, and the code in them, are dropped. */
function over({ payload }: Delivery, carried: Carried): Carried {
  const { to } = payload as { to?: string };
  return { ...carried, sent: { body: to ?? '', headers: {}, address: null } };
}

/** The same at each attempt. */
function idOf({ streamId }: Delivery, from: string): string {
  const domain = /@([^\s<>@]+)>?$/.exec(from)?.[1] ?? 'usher.invalid';
  return `<${streamId}@${domain}>`;
}
