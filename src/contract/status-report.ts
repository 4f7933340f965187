// How long people were what: the times of a day, to the millisecond.
import { type Static, Type } from 'typebox';
import { Id, Nullable, Time } from './shapes.ts';

export const StatusReportQuery = Type.Object({
  from: Time,
  to: Type.String({
    format: 'date-time',
    description: 'Not included. At most 400 days after from.',
  }),
  timeZone: Type.Optional(
    Type.String({ maxLength: 64, description: 'IANA, for days. Default UTC.' }),
  ),
  by: Type.Optional(
    Type.Enum(['day', 'agent'], {
      description: 'day: a row for each agent and day. agent: one row each. Default day.',
    }),
  ),
  agentId: Type.Optional(Id),
  teamId: Type.Optional(Id),
});
export type StatusReportQuery = Static<typeof StatusReportQuery>;

const Ms = (description: string) => Type.Integer({ minimum: 0, description });

export const StatusPart = Type.Object({
  availability: Type.Enum(['online', 'away', 'offline']),
  statusId: Nullable(Id),
  name: Nullable(Type.String({ description: 'Of the status, as it is called now.' })),
  cause: Nullable(
    Type.Enum(['missed-offers', 'no-sign-of-life', 'push-missed', 'signed-out'], {
      description: 'What Usher itself brought about; null: none of these.',
    }),
  ),
  ms: Ms('How long.'),
});
export type StatusPart = Static<typeof StatusPart>;

export const StatusReportRow = Type.Object({
  agentId: Id,
  agentName: Type.String(),
  day: Nullable(Type.String({ description: 'As 2026-01-31; null: the whole span.' })),
  spanMs: Ms(
    'How long the day is within the span, and until now: the sum of the four that follow, exactly.',
  ),
  onlineMs: Ms('Online.'),
  awayMs: Ms('Away, for whatever reason.'),
  offlineMs: Ms('Offline.'),
  unrecordedMs: Ms('Before the first record of the agent, or after they were removed.'),
  parts: Type.Array(StatusPart, { description: 'The same time by status and cause.' }),
});
export type StatusReportRow = Static<typeof StatusReportRow>;

export const StatusReport = Type.Object({
  from: Time,
  to: Time,
  by: Type.Enum(['day', 'agent']),
  timeZone: Type.String(),
  rows: Type.Array(StatusReportRow),
});
export type StatusReport = Static<typeof StatusReport>;
