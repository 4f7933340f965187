// Whether everything is well: what an admin's page of the status shows, and a program that watches reads.
import { type Static, Type } from 'typebox';
import { Nullable, Time } from './shapes.ts';

export const statusStates = ['well', 'attention', 'failing'] as const;
const State = Type.Enum(statusStates, {
  description: 'attention: it works, and somebody should look. failing: something does not work.',
});

/** What was found; each says its state, and the page words it with its next step. */
export const statusCodes = {
  'database.well': 'well',
  'database.slow': 'attention',
  'files.well': 'well',
  'files.no-room': 'failing',
  'broker.embedded': 'well',
  'broker.connected': 'well',
  'broker.away': 'failing',
  'backup.well': 'well',
  'backup.old': 'attention',
  'backup.none': 'attention',
  'mail.well': 'well',
  'mail.none': 'well',
  'version.known': 'well',
  'deliveries.well': 'well',
  'deliveries.waiting': 'attention',
  'channel.well': 'well',
  'channel.quiet': 'well',
  'channel.off': 'attention',
  'channel.unreachable': 'failing',
  'channel.refusing': 'failing',
  'endpoint.well': 'well',
  'endpoint.unused': 'well',
  'endpoint.paused': 'attention',
  'endpoint.waiting': 'attention',
  'endpoint.failing': 'failing',
  'endpoint.off': 'failing',
} as const satisfies Record<string, (typeof statusStates)[number]>;
export type StatusCode = keyof typeof statusCodes;
export const statusCodeNames = Object.keys(statusCodes) as StatusCode[];

export const StatusItem = Type.Object({
  code: Type.Enum(statusCodeNames),
  state: State,
  id: Nullable(Type.String({ format: 'uuid', description: 'Of the channel or endpoint.' })),
  name: Nullable(Type.String({ description: 'Of the channel; the address of the endpoint.' })),
  count: Nullable(
    Type.Integer({
      description:
        'What waits; of a channel: conversations within a day; of a failing endpoint: failures in a row. At most 10,000.',
    }),
  ),
  since: Nullable(
    Type.String({
      format: 'date-time',
      description:
        'Since when; of a channel: the last conversation within a day; of a backup: when it was taken.',
    }),
  ),
  detail: Nullable(
    Type.String({ description: 'What the other side said last, or a version. Not translated.' }),
  ),
});
export type StatusItem = Static<typeof StatusItem>;

export const Status = Type.Object({
  state: State,
  at: Time,
  items: Type.Array(StatusItem, {
    description:
      'The server first, then channels and endpoints; what fails stands before the rest.',
  }),
});
export type Status = Static<typeof Status>;
