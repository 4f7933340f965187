// The numbers of a span of time.
import { type Static, Type } from 'typebox';
import { Id, Nullable, Time } from './shapes.ts';

export const ReportBy = Type.Enum(['day', 'hour', 'agent', 'team', 'channel', 'plan'], {
  description:
    'hour: the hour of the day, 00 to 23, over all days. agent: who held or said it; of what nobody holds, the row is none. plan: by its name; of what goes by none, the row is none.',
});
export type ReportBy = Static<typeof ReportBy>;

export const ReportQuery = Type.Object({
  from: Time,
  to: Type.String({
    format: 'date-time',
    description: 'Not included. At most 400 days after from.',
  }),
  timeZone: Type.Optional(
    Type.String({ maxLength: 64, description: 'IANA, for days and hours. Default UTC.' }),
  ),
  by: Type.Optional(ReportBy),
  agentId: Type.Optional(Id),
  teamId: Type.Optional(Id),
  channelId: Type.Optional(Id),
});
export type ReportQuery = Static<typeof ReportQuery>;

const Count = (description: string) => Type.Integer({ description });
const Seconds = (description: string) =>
  Nullable(Type.Number({ description: `${description}, in seconds; null: there was none.` }));

export const Figures = Type.Object({
  opened: Count('Conversations that came.'),
  assigned: Count('Times an agent was given one; not those that an outside system refused.'),
  closed: Count('Conversations that ended.'),
  abandoned: Count('Of these, those that nobody was ever given.'),
  waitSecondsP50: Seconds('From coming to the first assignment, by when that was: the median'),
  waitSecondsP90: Seconds('The 90th percentile of it'),
  firstAnswerSecondsP50: Seconds('From coming to the first answer, by when that was: the median'),
  firstAnswerSecondsP90: Seconds('The 90th percentile of it'),
  handlingSecondsP50: Seconds('How long an agent held one, by when that ended: the median'),
  handlingSecondsP90: Seconds('The 90th percentile of it'),
  messagesIn: Count('Messages of contacts.'),
  messagesOut: Count('Messages to contacts, by people.'),
  ratingAverage: Nullable(Type.Number()),
  ratings: Count('Ratings given.'),
  firstAnswersMet: Count('First answers in time, by when they were given.'),
  firstAnswersMissed: Count('First answers that were overdue, by when they were due.'),
  nextAnswersMet: Count('Answers after the first in time.'),
  nextAnswersMissed: Count('Answers after the first that were overdue.'),
  endsMet: Count('Ends in time.'),
  endsMissed: Count('Ends that were overdue.'),
  waits: Count('First assignments: how many the wait is of.'),
  firstAnswers: Count('First answers: how many their time is of.'),
  handlings: Count('Times an agent was done with one: how many the handling is of.'),
});
export type Figures = Static<typeof Figures>;

export const ReportRow = Type.Object({
  key: Type.String({ description: 'A day, an hour, an id, a plan’s name; none: nobody’s.' }),
  label: Nullable(Type.String()),
  ...Figures.properties,
});
export type ReportRow = Static<typeof ReportRow>;

export const Report = Type.Object({
  from: Time,
  to: Time,
  by: ReportBy,
  timeZone: Type.String(),
  totals: Figures,
  rows: Type.Array(ReportRow),
});
export type Report = Static<typeof Report>;
