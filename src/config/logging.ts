// Which lines are written, and where.
import { Type } from 'typebox';
import { Text } from './shapes.ts';

export const logging = {
  LOG_LEVEL: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    description: 'The least severe line that is written.',
    default: 'info',
  }),
  LOG_STACK: Type.String({
    description: 'Where log lines go, separated by commas: single (standard output), slack.',
    default: 'single',
    pattern: '^(single|slack)(,(single|slack))*$',
  }),
  LOG_SLACK_WEBHOOK_URL: Text('The incoming webhook for LOG_STACK=slack; errors go there.'),
};
