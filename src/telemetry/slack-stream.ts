// Sends error lines to a Slack webhook, in batches; a slow or dead Slack holds nothing up.

import { openLane } from '../loops/open-lane.ts';
import type { Outbound } from '../outbound/open-guarded-outbound.ts';

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
  const lane = openLane({
    work: async () => {
      await send();
      if (waiting.length > 0) lane.wakeIn(EVERY_MS);
    },
    // It has already counted what it could not send.
    onError: () => {},
  });
  return {
    write: (line) => {
      if (waiting.length >= MAX_WAITING) {
        waiting = waiting.slice(1);
        dropped += 1;
      }
      waiting.push(summarise(line));
      lane.wakeIn(EVERY_MS);
    },
    flush: async () => {
      await lane.stop();
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
  // Text from others must not notify the whole channel (docs.slack.dev, formatting message text).
  return text
    .slice(0, MAX_LINE_LENGTH)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
