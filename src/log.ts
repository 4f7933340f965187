// Log lines: JSON to standard output, errors to Slack too when configured, secrets never.
import { type Logger, multistream, pino, type StreamEntry } from 'pino';
import type { Config } from './config.ts';
import { type SlackStream, streamToSlack } from './slack-stream.ts';

export interface Logs {
  log: Logger;
  /** Sends what Slack has not got yet. */
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

export function openLogs(
  config: Pick<Config, 'LOG_LEVEL' | 'LOG_STACK' | 'LOG_SLACK_WEBHOOK_URL'>,
): Logs {
  const targets = config.LOG_STACK.split(',');
  const streams: StreamEntry[] = [];
  if (targets.includes('single')) streams.push({ level: 'trace', stream: process.stdout });
  let slack: SlackStream | null = null;
  if (targets.includes('slack') && config.LOG_SLACK_WEBHOOK_URL !== undefined) {
    slack = streamToSlack(config.LOG_SLACK_WEBHOOK_URL);
    streams.push({ level: 'error', stream: slack });
  }
  const log = pino(
    {
      level: config.LOG_LEVEL,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: secretFields.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: '[redacted]',
      },
    },
    multistream(streams),
  );
  return { log, flush: async () => slack?.flush() };
}
