// How agents worked: occupancy, offers, answers and adherence, by agent, team, plan or channel, for each day or a whole span.
import { type Static, Type } from 'typebox';
import { Id, Nullable, Time } from './shapes.ts';
import { StatusPart } from './status-report.ts';

const span = {
  from: Time,
  to: Type.String({
    format: 'date-time',
    description: 'Not included. At most 400 days after from.',
  }),
  timeZone: Type.Optional(
    Type.String({ maxLength: 64, description: 'IANA, for days. Default UTC.' }),
  ),
};
const per = Type.Optional(
  Type.Enum(['day', 'span'], {
    description: 'day: a row for each key and day. span: one row each. Default span.',
  }),
);
const narrowed = { agentId: Type.Optional(Id), teamId: Type.Optional(Id) };

export const SideReportQuery = Type.Object({
  ...span,
  per,
  by: Type.Optional(
    Type.Enum(['all', 'agent', 'team', 'plan', 'channel'], {
      description: 'all: no groups. Default agent.',
    }),
  ),
  ...narrowed,
});
export type SideReportQuery = Static<typeof SideReportQuery>;

export const AnswerReportQuery = Type.Object({
  ...SideReportQuery.properties,
  withinSeconds: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 604_800,
      description: 'The time of which the report says how many answers came within. Default 60.',
    }),
  ),
});
export type AnswerReportQuery = Static<typeof AnswerReportQuery>;

export const AdherenceReportQuery = Type.Object({
  ...span,
  per,
  by: Type.Optional(
    Type.Enum(['all', 'agent', 'team'], { description: 'all: no groups. Default agent.' }),
  ),
  ...narrowed,
});
export type AdherenceReportQuery = Static<typeof AdherenceReportQuery>;

const Ms = (description: string) =>
  Type.Integer({ minimum: 0, description: `${description} In milliseconds.` });
const Count = (description: string) => Type.Integer({ minimum: 0, description });
const Spread = (description: string) =>
  Nullable(Type.Number({ description: `${description} In milliseconds; null: there was none.` }));
const Share = (description: string) =>
  Nullable(Type.Number({ description: `${description} null: nothing to compare with.` }));

export const OccupancyFigures = Type.Object({
  onlineMs: Ms('Online, added up over the agents.'),
  capacityMs: Ms('Capacity times the time online with it.'),
  heldMs: Ms('Weight held times the time online with it.'),
  heldNotOnlineMs: Ms('Weight held times the time away or offline with it.'),
  occupancy: Share('heldMs ÷ capacityMs; above 1 where more was held than the capacity.'),
});
export type OccupancyFigures = Static<typeof OccupancyFigures>;

export const OfferFigures = Type.Object({
  given: Count('Conversations that became theirs: given at once, or accepted.'),
  offered: Count('Offers made: the sum of the five that follow.'),
  accepted: Count('Accepted, also by answering.'),
  declined: Count('Declined.'),
  missed: Count('Not answered in time.'),
  withdrawn: Count('Ended otherwise before the agent answered.'),
  open: Count('They stand still.'),
  acceptMsP50: Spread('From the offer to its acceptance: the median.'),
  acceptMsP90: Spread('The 90th percentile of it.'),
});
export type OfferFigures = Static<typeof OfferFigures>;

export const AnswerFigures = Type.Object({
  firsts: Count('First answers of conversations.'),
  firstMsP50: Spread('From coming to the first answer: the median.'),
  firstMsP90: Spread('The 90th percentile of it.'),
  firstsWithin: Count('Of these, how many came within withinSeconds.'),
  owns: Count('First answers of an agent to a conversation that they were given.'),
  ownMsP50: Spread('From being given it to the agent’s first answer: the median.'),
  ownMsP90: Spread('The 90th percentile of it.'),
  ownsWithin: Count('Of these, how many came within withinSeconds.'),
  nexts: Count('Answers after the first to something that the contact wrote.'),
  nextMsP50: Spread('From the first message without an answer to the answer: the median.'),
  nextMsP90: Spread('The 90th percentile of it.'),
  nextsWithin: Count('Of these, how many came within withinSeconds.'),
});
export type AnswerFigures = Static<typeof AnswerFigures>;

export const AdherenceFigures = Type.Object({
  plannedMs: Ms('Planned, as far as it is over: the sum of the five that follow.'),
  adheredMs: Ms('In the planned state.'),
  lateMs: Ms('From the beginning of a part until the agent was first in its state.'),
  earlyMs: Ms('From when the agent was last in its state until its end.'),
  absentMs: Ms('Of parts in whose state the agent never was.'),
  interruptedMs: Ms('In between in another state.'),
  unplannedMs: Ms('Online while nothing was planned.'),
  adherence: Share('adheredMs ÷ plannedMs.'),
});
export type AdherenceFigures = Static<typeof AdherenceFigures>;

const key = {
  day: Nullable(Type.String({ description: 'As 2026-01-31; null: the whole span.' })),
  key: Type.String({ description: 'An id, a plan’s name, or all; none: nobody’s.' }),
  label: Nullable(Type.String({ description: 'Its name; null: it has none.' })),
};

const report = { from: Time, to: Time, timeZone: Type.String(), by: Type.String() };

export const OccupancyReport = Type.Object({
  ...report,
  rows: Type.Array(Type.Object({ ...key, ...OccupancyFigures.properties })),
});
export const OfferReport = Type.Object({
  ...report,
  rows: Type.Array(Type.Object({ ...key, ...OfferFigures.properties })),
});
export const AnswerReport = Type.Object({
  ...report,
  withinSeconds: Type.Integer(),
  rows: Type.Array(Type.Object({ ...key, ...AnswerFigures.properties })),
});
export const AdherenceReport = Type.Object({
  ...report,
  rows: Type.Array(Type.Object({ ...key, ...AdherenceFigures.properties })),
});

/** Longer than any day. */
export const LONGEST_DAY_HOURS = 26;

export const DayQuery = Type.Object({
  from: Time,
  to: Type.String({
    format: 'date-time',
    description: `Not included. At most ${LONGEST_DAY_HOURS} hours after from.`,
  }),
  agentId: Type.Optional(
    Type.String({ format: 'uuid', description: 'Default: the agent who asks.' }),
  ),
});
export type DayQuery = Static<typeof DayQuery>;

const { availability, statusId, name, cause } = StatusPart.properties;
export const AgentDay = Type.Object({
  agentId: Id,
  from: Time,
  to: Time,
  statuses: Type.Array(
    Type.Object({ since: Time, till: Time, availability, statusId, name, cause }),
    { description: 'What the agent was, in order, as far as it is recorded and until now.' },
  ),
  held: Type.Array(
    Type.Object({
      conversationId: Id,
      contactName: Nullable(
        Type.String({ description: 'null: who asks may no longer see the conversation.' }),
      ),
      since: Time,
      till: Nullable(
        Type.String({ format: 'date-time', description: 'null: the agent still has it.' }),
      ),
      outcome: Type.Enum(['held', 'offered', 'declined', 'missed', 'withdrawn'], {
        description: 'held: it was the agent’s. The others are offers that were not accepted.',
      }),
    }),
    { description: 'In order of time; the first 500.' },
  ),
  shifts: Type.Array(
    Type.Object({
      start: Time,
      end: Time,
      expects: Type.Enum(['online', 'away']),
      statusId: Nullable(Id),
      status: Nullable(Type.String()),
    }),
  ),
});
export type AgentDay = Static<typeof AgentDay>;
