// Alarms: what goes wrong, from its start to its end; the rules that say when, and who is told.
import { type Static, Type } from 'typebox';
import { EMAIL, Id, Nullable, Text, Time } from './shapes.ts';

export const alarmKinds = [
  'endpoint-failing',
  'channel-failing',
  'targets-missed',
  'disk-low',
  'deliveries-waiting',
] as const;
export type AlarmKind = (typeof alarmKinds)[number];

/** Within which missed targets are counted. */
export const MISSED_MINUTES = 60;

const rules = {
  endpointFailures: Nullable(
    Type.Integer({
      minimum: 1,
      maximum: 1000,
      description:
        'An endpoint fails: as many attempts in a row were not accepted. null: no alarm.',
    }),
  ),
  channelFailing: Type.Boolean({
    description: 'A channel cannot be reached, or what it is told fails three times.',
  }),
  missedTargets: Nullable(
    Type.Integer({
      minimum: 1,
      maximum: 100_000,
      description: 'As many targets were missed within an hour. null: no alarm.',
    }),
  ),
  diskLow: Type.Boolean({ description: 'The disk is almost full: files are refused.' }),
  waitingMinutes: Nullable(
    Type.Integer({
      minimum: 1,
      maximum: 1440,
      description: 'Deliveries wait for longer than that, though nothing failed. null: no alarm.',
    }),
  ),
  mailTo: Type.Array(Type.String({ pattern: EMAIL, maxLength: 255 }), {
    maxItems: 20,
    uniqueItems: true,
    description: 'Who is mailed, where SMTP_URL is set.',
  }),
  webhookUrl: Nullable(
    Type.String({
      maxLength: 2048,
      description: 'Told as JSON, signed as deliveries to endpoints are.',
    }),
  ),
};

export const AlarmRules = Type.Object({
  ...rules,
  slack: Type.Boolean({
    description: 'An incoming webhook of Slack is set; it is never read back.',
  }),
  webhookSigned: Type.Boolean(),
});
export type AlarmRules = Static<typeof AlarmRules>;
export type StoredRules = Omit<AlarmRules, 'slack' | 'webhookSigned'>;

export const AlarmRulesUpdate = Type.Object(
  {
    ...Type.Partial(Type.Object(rules)).properties,
    slackUrl: Type.Optional(
      Nullable(
        Type.String({
          minLength: 1,
          maxLength: 2048,
          description:
            'An incoming webhook of Slack, or of a program that takes the same. null: none.',
        }),
      ),
    ),
    webhookSecret: Type.Optional(
      Type.String({
        ...Text(500),
        description: 'Signs; never read back. Empty: nothing is signed.',
      }),
    ),
  },
  { additionalProperties: false, minProperties: 1 },
);
export type AlarmRulesUpdate = Static<typeof AlarmRulesUpdate>;

export const firstRules: StoredRules = {
  endpointFailures: 5,
  channelFailing: true,
  missedTargets: null,
  diskLow: true,
  waitingMinutes: 15,
  mailTo: [],
  webhookUrl: null,
};

export const Alarm = Type.Object({
  id: Id,
  kind: Type.Enum([...alarmKinds]),
  objectId: Nullable(Id),
  objectName: Nullable(
    Type.String({
      description: 'The channel, or the host of the endpoint; null: of the workspace.',
    }),
  ),
  facts: Type.Record(Type.String(), Type.Union([Type.Number(), Type.String()])),
  startedAt: Time,
  endedAt: Nullable(Time),
});
export type Alarm = Static<typeof Alarm>;
