// What lies behind the figures of a report: how times spread, the hours of the week, ratings, and the conversations.
import { type Static, Type } from 'typebox';
import { kindNames } from './channel-kinds.ts';
import { conversationStates } from './conversation-states.ts';
import { type Figures, ReportBy, ReportQuery } from './reports.ts';
import { DisplayName, Id, Nullable, Page, Time } from './shapes.ts';

const { by: _by, ...asked } = ReportQuery.properties;
const told = { from: Time, to: Time, timeZone: Type.String() };

/** Where one bucket ends and the next begins, in seconds; the last one has no end. */
export const BUCKET_EDGES = [
  10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 28_800, 86_400,
] as const;

const measures = ['wait', 'firstAnswer', 'handling'] as const;
export type Measure = (typeof measures)[number];

export const DistributionQuery = Type.Object({
  ...asked,
  measure: Type.Optional(
    Type.Enum([...measures], { description: 'As in the report. Default wait.' }),
  ),
});
export type DistributionQuery = Static<typeof DistributionQuery>;

const Mark = (description: string) =>
  Nullable(Type.Number({ description: `${description}, in seconds; null: there was none.` }));
const spread = {
  count: Type.Integer({ description: 'How many it is of.' }),
  p50: Mark('The median'),
  p90: Mark('The 90th percentile'),
  p95: Mark('The 95th percentile'),
};

export const Distribution = Type.Object({
  ...told,
  measure: Type.Enum([...measures]),
  ...spread,
  buckets: Type.Array(
    Type.Object({
      atLeastSeconds: Type.Integer(),
      underSeconds: Nullable(Type.Integer({ description: 'null: no end.' })),
      count: Type.Integer(),
    }),
    { description: 'How many took how long. Always the same limits, also where there is none.' },
  ),
  days: Type.Array(Type.Object({ day: Type.String(), ...spread }), {
    description: 'Each day that the span touches, in order.',
  }),
});
export type Distribution = Static<typeof Distribution>;

export const WeekQuery = Type.Object(asked);
export type WeekQuery = Static<typeof WeekQuery>;

export const WeekReport = Type.Object({
  ...told,
  cells: Type.Array(
    Type.Object({
      weekday: Type.Integer({ description: '1: Monday … 7: Sunday.' }),
      hour: Type.Integer({ description: '0 to 23, as the clocks of the zone show.' }),
      hours: Type.Number({
        description:
          'How much of the span this hour is, in hours. An hour that the clocks repeat counts twice, one that they skip not at all; all cells together are the span.',
      }),
      opened: Type.Integer({ description: 'Conversations that came.' }),
      waits: Type.Integer({ description: 'First assignments.' }),
      waitSecondsP50: Mark('Their wait: the median'),
    }),
    { description: 'Each hour of the week, Monday 0 o’clock first: 168.' },
  ),
});
export type WeekReport = Static<typeof WeekReport>;

export const RatingReport = Type.Object({
  ...told,
  ratings: Type.Integer(),
  average: Nullable(Type.Number()),
  commented: Type.Integer({ description: 'Of these, those with words.' }),
  scores: Type.Array(
    Type.Object({
      score: Type.Integer(),
      count: Type.Integer(),
      commented: Type.Integer(),
    }),
    { description: '5 to 1, also those that nobody gave.' },
  ),
});
export type RatingReport = Static<typeof RatingReport>;

/** Figures that count something which happened to a conversation. */
export const listedFigures = [
  'opened',
  'assigned',
  'closed',
  'abandoned',
  'waits',
  'firstAnswers',
  'handlings',
  'messagesIn',
  'messagesOut',
  'ratings',
  'firstAnswersMet',
  'firstAnswersMissed',
  'nextAnswersMet',
  'nextAnswersMissed',
  'endsMet',
  'endsMissed',
] as const satisfies readonly (keyof Figures)[];
export type ListedFigure = (typeof listedFigures)[number];

const Seconds = (description: string) =>
  Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000, description }));

const listed = {
  ...asked,
  figure: Type.Optional(
    Type.Enum([...listedFigures], { description: 'A figure of the report. Default opened.' }),
  ),
  by: Type.Optional(ReportBy),
  key: Type.Optional(
    Type.String({ maxLength: 255, description: 'One row of the report by `by`. Default all.' }),
  ),
  weekday: Type.Optional(Type.Integer({ minimum: 1, maximum: 7, description: '1: Monday.' })),
  hour: Type.Optional(Type.Integer({ minimum: 0, maximum: 23 })),
  atLeastSeconds: Seconds('Of waits, firstAnswers and handlings: those that took as long.'),
  underSeconds: Seconds('Of these: those that took less.'),
  score: Type.Optional(Type.Integer({ minimum: 1, maximum: 5, description: 'Of ratings.' })),
  commented: Type.Optional(
    Type.Boolean({ description: 'Of ratings: those with words, or without.' }),
  ),
};
export const ReportListCsvQuery = Type.Object(listed);
export const ReportListQuery = Type.Object({ ...listed, ...Page.properties });
export type ReportListQuery = Static<typeof ReportListQuery>;

export const ListedConversation = Type.Object({
  id: Id,
  contactName: DisplayName,
  channelId: Id,
  channelName: Type.String(),
  channelKind: Type.Enum(kindNames),
  state: Type.Enum([...conversationStates]),
  agentId: Nullable(Id),
  agentName: Nullable(Type.String()),
  teamId: Nullable(Id),
  teamName: Nullable(Type.String()),
  plan: Nullable(Type.String()),
  queuedAt: Time,
  closedAt: Nullable(Time),
  rating: Nullable(Type.Object({ score: Type.Integer(), comment: Nullable(Type.String()) })),
  at: Type.String({ format: 'date-time', description: 'When it counted, the last time.' }),
  times: Type.Integer({ description: 'How often it counts.' }),
  seconds: Mark('Of waits, firstAnswers and handlings: the longest'),
});
export type ListedConversation = Static<typeof ListedConversation>;

export const ReportList = Type.Object({
  ...told,
  figure: Type.Enum([...listedFigures]),
  count: Type.Integer({ description: 'The figure: the sum of `times` over all pages.' }),
  conversations: Type.Integer({ description: 'In how many conversations.' }),
  items: Type.Array(ListedConversation, { description: 'The latest first.' }),
  nextCursor: Nullable(Type.String()),
});
export type ReportList = Static<typeof ReportList>;
