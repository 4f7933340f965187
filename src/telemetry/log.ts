// Log lines: JSON to standard output, errors to Slack too when configured, secrets never.
import { type Logger, multistream, pino, type StreamEntry } from 'pino';
import type { Config } from '../config.ts';
import { openOwnOutbound } from '../outbound/open-outbound.ts';
import { nameTrace } from './name-trace.ts';
import { type SlackStream, streamToSlack } from './slack-stream.ts';

export interface Logs {
  log: Logger;
  /** Sends what Slack has not received yet; the last step of a stop. */
  flush(): Promise<void>;
}

const secretFields = [
  'authorization',
  'password',
  'secret',
  'secretKey',
  'secret_key',
  'webhookSecret',
  'token',
  'authentication_token',
  'long_lived_token',
  'connectionString',
];

/** `output`: where the lines go besides Slack. */
export function openLogs(
  config: Pick<Config, 'LOG_LEVEL' | 'LOG_STACK' | 'LOG_SLACK_WEBHOOK_URL'>,
  output: { write(line: string): void } = process.stdout,
): Logs {
  const targets = config.LOG_STACK.split(',');
  const streams: StreamEntry[] = [];
  // An operator who chose Slack alone and gave no address still gets a log.
  const toOutput = targets.includes('single') || config.LOG_SLACK_WEBHOOK_URL === undefined;
  if (toOutput) streams.push({ level: 'trace', stream: output });
  const outbound = openOwnOutbound();
  let slack: SlackStream | null = null;
  if (targets.includes('slack') && config.LOG_SLACK_WEBHOOK_URL !== undefined) {
    slack = streamToSlack(config.LOG_SLACK_WEBHOOK_URL, outbound);
    streams.push({ level: 'error', stream: slack });
  }
  const log = pino(
    {
      level: config.LOG_LEVEL,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: nameTrace,
      redact: {
        paths: secretFields.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: '[redacted]',
      },
    },
    multistream(streams),
  );
  const flush = async (): Promise<void> => {
    await slack?.flush();
    await outbound.close();
  };
  return { log, flush };
}
