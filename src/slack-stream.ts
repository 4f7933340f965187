// Error lines to a Slack webhook, in batches; a slow or dead Slack never holds anything up.

import type { Outbound } from './outbound/make-outbound.ts';

export interface SlackStream {
  write(line: string): void;
  flush(): Promise<void>;
}

const EVERY_MS = 2000;
const MAX_LINES = 20;
const MAX_WAITING = 1000;
const MAX_LINE_LENGTH = 1000;
const TIMEOUT_MS = 5000;

/** What cannot be sent in time is counted and dropped, oldest first. */
export function streamToSlack(url: string, outbound: Pick<Outbound, 'send'>): SlackStream {
  let waiting: string[] = [];
  let dropped = 0;
  let timer: NodeJS.Timeout | null = null;
  let sending: Promise<void> = Promise.resolve();

  const send = async (): Promise<void> => {
    const lines = waiting.splice(0, MAX_LINES);
    if (dropped > 0) lines.unshift(`(${dropped} lines were dropped)`);
    if (lines.length === 0) return;
    dropped = 0;
    const answer = await outbound.send({
      ...{ url, method: 'POST', verifyTls: true, timeoutMs: TIMEOUT_MS },
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify({ text: lines.join('\n') })),
    });
    if (!answer.ok) dropped += lines.length;
  };
  const schedule = (): void => {
    if (timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      sending = sending.then(send).then(() => {
        if (waiting.length > 0) schedule();
      });
    }, EVERY_MS).unref();
  };
  return {
    write: (line) => {
      if (waiting.length >= MAX_WAITING) {
        waiting = waiting.slice(1);
        dropped += 1;
      }
      waiting.push(summarise(line));
      schedule();
    },
    flush: async () => {
      await sending;
      await send();
    },
  };
}

function summarise(line: string): string {
  const { time, msg, err } = JSON.parse(line) as {
    time: string;
    msg: string;
    err?: { message?: string };
  };
  const text = `${time} ${msg}${err?.message === undefined ? '' : `: ${err.message}`}`;
  // What somebody else has written into it is not to call the whole channel (docs.slack.dev, formatting message text).
  return text
    .slice(0, MAX_LINE_LENGTH)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
