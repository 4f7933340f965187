// Simulations as the API shows them: what is asked for, how far a run is, and what it came to.
import { type Static, type TSchema, Type } from 'typebox';
import { MOST_LAB_ARRIVALS, MOST_LAB_RUNS } from './lab-limits.ts';
import { PolicyDocument } from './policy/document.ts';
import { PolicyFault } from './policy/fault.ts';
import { Id, Nullable, Time } from './shapes.ts';

export const LONGEST_RECORDED_DAYS = 7;
/** Of one kind, as recorded; later ones are left out. */
export const MOST_RECORDED = 100_000;

const Share = Type.Number({ minimum: 0, maximum: 1 });
const Shares = (description: string) => Type.Record(Type.String(), Share, { description });

const FirstAnswer = {
  answeredShare: Type.Number({
    ...{ minimum: 0, maximum: 1 },
    description: 'Of those that no bot ended.',
  }),
  mean: Type.Number({ description: 'Seconds from the arrival to the agent’s first answer.' }),
  p50: Type.Number(),
  p95: Type.Number(),
};

const ofAnswers = { description: 'Absent: no kind says when agents answer.' };

const Waits = {
  meanWait: Type.Number({ description: 'Seconds.' }),
  p50: Type.Number(),
  p95: Type.Number(),
  within: Nullable(
    Type.Number({
      description: 'The share served within the first of `within`; null: there is none.',
    }),
  ),
  firstAnswer: Type.Optional(Type.Object(FirstAnswer, ofAnswers)),
};

const WaitsOfServed = Type.Object(Waits, {
  description: 'Of those that they served. Absent: they served nobody.',
});

const KindFigures = Type.Object(
  {
    arrived: Type.Integer(),
    botShare: Type.Optional(
      Type.Number({
        ...{ minimum: 0, maximum: 1 },
        description:
          'Of all that arrived, those that a bot ended: all other shares are of the rest.',
      }),
    ),
    waitedShare: Share,
    waitedShareCi: Type.Number({ description: 'Half the width of the 95 % interval.' }),
    meanWait: Type.Number({ description: 'Seconds, over all that were taken in.' }),
    meanWaitCi: Type.Number({ description: 'Half the width of the 95 % interval.' }),
    p50: Type.Number(),
    p95: Type.Number(),
    p99: Type.Number(),
    lostShare: Share,
    abandonedShare: Share,
    unservedShare: Share,
    within: Shares('By seconds: the share that was served within them.'),
    firstAnswer: Type.Optional(
      Type.Object(
        {
          ...FirstAnswer,
          meanCi: Type.Number({ description: 'Half the width of the 95 % interval.' }),
        },
        ofAnswers,
      ),
    ),
    servedBy: Shares('Of those served, by the name of the agents who had them first.'),
    transfers: Type.Optional(
      Type.Object(
        {
          made: Type.Integer(),
          share: Type.Number({
            ...{ minimum: 0, maximum: 1 },
            description: 'Of those served: transferred once at least.',
          }),
          meanWait: Type.Number({
            description: 'Seconds from the transfer until the next agent had it.',
          }),
          p95: Type.Number(),
          leftShare: Share,
          unservedShare: Share,
        },
        { description: 'Absent: agents transfer nobody. Other shares are of those made.' },
      ),
    ),
  },
  { additionalProperties: true },
);

const AgentsFigures = Type.Object(
  {
    occupancy: Type.Number({ description: 'The share of places and time that was in use.' }),
    given: Type.Integer(),
    waits: Type.Optional(WaitsOfServed),
    offers: Type.Optional(
      Type.Object(
        {
          made: Type.Integer(),
          declined: Type.Integer(),
          missed: Type.Integer({ description: 'Not answered in time.' }),
          withdrawn: Type.Integer({ description: 'The customer left before the answer.' }),
        },
        { description: 'Where a plan offers. The rest of those made was accepted.' },
      ),
    ),
    bot: Type.Optional(
      Type.Object(
        {
          ended: Type.Integer(),
          handedOver: Type.Integer(),
          silent: Type.Integer({ description: 'Handed over because it said nothing.' }),
        },
        { description: 'Of a bot: what became of what it was given.' },
      ),
    ),
    transferred: Type.Optional(Type.Integer({ description: 'Went on to others.' })),
    returned: Type.Optional(
      Type.Integer({ description: 'Went back to the queue, because the agent gave no answer.' }),
    ),
  },
  { additionalProperties: true },
);

const PartFigures = { arrived: Type.Integer(), ...Waits, abandonedShare: Share };

const Estimate = Type.Object({
  mean: Type.Number(),
  ci: Type.Number({ description: 'Half the width of its 95 % interval over the runs.' }),
});
const Estimates = Type.Record(Type.String(), Estimate);
const Named = <Of extends Record<string, TSchema>>(of: Of) =>
  Type.Record(Type.String(), Type.Object(of));

const KnownEstimate = Nullable(Estimate);
const RepeatedAnswers = Type.Object(
  { answeredShare: KnownEstimate, mean: KnownEstimate, p50: KnownEstimate, p95: KnownEstimate },
  ofAnswers,
);
const RepeatedWaits = {
  ...{ meanWait: KnownEstimate, p50: KnownEstimate, p95: KnownEstimate, within: KnownEstimate },
  firstAnswer: Type.Optional(RepeatedAnswers),
};

const RepeatedKind = {
  botShare: Type.Optional(Estimate),
  ...{ waitedShare: Estimate, meanWait: Estimate, p50: Estimate, p95: Estimate, p99: Estimate },
  ...{ abandonedShare: Estimate, lostShare: Estimate, unservedShare: Estimate },
  ...{ within: Estimates, servedBy: Estimates },
  firstAnswer: Type.Optional(RepeatedAnswers),
  transfers: Type.Optional(
    Type.Object({
      ...{ share: KnownEstimate, meanWait: KnownEstimate, p95: KnownEstimate },
      ...{ leftShare: KnownEstimate, unservedShare: KnownEstimate },
    }),
  ),
};

const RepeatedFigures = Type.Object(
  {
    runs: Type.Integer(),
    whole: Type.Optional(Type.Object(RepeatedKind)),
    kinds: Named(RepeatedKind),
    plans: Type.Optional(Named(RepeatedWaits)),
    overDay: Type.Optional(
      Type.Array(Nullable(Estimate), {
        description: 'The mean wait by the hour of the day. Absent: a run was shorter than a day.',
      }),
    ),
    occupancy: Estimates,
    teams: Type.Optional(Estimates),
    served: Type.Optional(
      Type.Object(
        { agents: Named(RepeatedWaits), teams: Type.Optional(Named(RepeatedWaits)) },
        { description: 'Of those that agents and teams served.' },
      ),
    ),
    jain: Estimate,
  },
  {
    additionalProperties: true,
    description:
      'Where several runs were asked for: each figure over all of them. What stands beside it is of the first one.',
  },
);

const SimulationFigures = Type.Object(
  {
    kinds: Type.Record(Type.String(), KindFigures),
    whole: Type.Optional(
      Type.Unsafe<Static<typeof KindFigures>>({
        ...KindFigures,
        description: 'All kinds together. Absent: of a model that keeps kinds and agents alone.',
      }),
    ),
    plans: Type.Optional(
      Type.Record(Type.String(), Type.Object(PartFigures), {
        description: 'Where the policy has rules: by the plan in which conversations stood first.',
      }),
    ),
    hours: Type.Optional(
      Type.Array(
        Type.Object({
          from: Type.Number({
            description: 'Seconds from the beginning, a Monday at midnight UTC.',
          }),
          ...PartFigures,
          waiting: Type.Integer({ description: 'How many wait at its end.' }),
        }),
        { description: 'One after the other, a year of them at most.' },
      ),
    ),
    agents: Type.Record(Type.String(), AgentsFigures),
    teams: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Object({
          ...{ occupancy: Type.Number(), given: Type.Integer() },
          waits: Type.Optional(WaitsOfServed),
        }),
        { description: 'Where agents are in teams; whoever is in several counts in each.' },
      ),
    ),
    jain: Type.Number(),
    overCapacity: Type.Integer(),
    assignments: Type.Integer(),
    notModelled: Type.Array(Type.String()),
    wallSeconds: Type.Number(),
    repeated: Type.Optional(RepeatedFigures),
  },
  { additionalProperties: true },
);

export const simulationStates = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const;
export const simulationProblems = ['faulty', 'too-long', 'too-much-memory', 'broken'] as const;
export type SimulationProblem = (typeof simulationProblems)[number];

export const SimulationRequest = Type.Object({
  scenario: Type.Object(
    {},
    {
      additionalProperties: true,
      description: `As docs/guides/simulate.md describes it; at most ${MOST_LAB_ARRIVALS} arrivals. What is wrong with it is said by the run, each fault with its place.`,
    },
  ),
  runs: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: MOST_LAB_RUNS,
      description: `On so many seeds, the scenario's own and the next ones, for the intervals of \`repeated\`; ${MOST_LAB_ARRIVALS} arrivals at most in all of them together. Absent: once.`,
    }),
  ),
});

export const SimulationRun = Type.Object({
  id: Id,
  state: Type.Enum(simulationStates),
  progress: Type.Number({ minimum: 0, maximum: 1, description: 'The share that has come.' }),
  problem: Nullable(
    Type.Enum(simulationProblems, {
      description: 'Why it failed. faulty: `faults` says what is wrong with the scenario.',
    }),
  ),
  faults: Type.Array(PolicyFault),
  result: Nullable(SimulationFigures),
});
export type SimulationRun = Static<typeof SimulationRun>;

export const MeasureRequest = Type.Object({
  from: Time,
  until: Time,
  channelIds: Type.Optional(
    Type.Array(Id, { maxItems: 100, description: 'Absent or empty: every channel.' }),
  ),
  policy: Type.Optional(
    Type.Unsafe<PolicyDocument>({
      ...PolicyDocument,
      description: 'Instead of the policy in force, as a draft.',
    }),
  ),
  asRecorded: Type.Optional(
    Type.Boolean({
      description: `Each arrival at its own moment and each agent online when they were, counted from beginsAt; the span is ${LONGEST_RECORDED_DAYS} days at most. Absent or false: as many as came and were online in each quarter of an hour of the week, or of the day where the span is shorter than a week; of less than a day, rates and averages.`,
    }),
  ),
});

const Happened = Type.Object(
  {
    arrived: Type.Integer(),
    meanWait: Type.Number({ description: 'Seconds, until given to a person or left.' }),
    p95: Type.Number(),
    abandonedShare: Type.Number({ minimum: 0, maximum: 1 }),
    waiting: Type.Integer({ description: 'Of these, those that still wait.' }),
  },
  { description: 'What came of those that came in the span.' },
);
export type Happened = Static<typeof Happened>;

export const measureNotes = ['plans-left-out', 'kinds-left-out', 'nobody-online'] as const;
export type MeasureNote = (typeof measureNotes)[number];

export const Measured = Type.Object({
  scenario: Type.Object({}, { additionalProperties: true, description: 'To be run as it is.' }),
  conversations: Type.Integer({ description: 'How many came in the span.' }),
  beginsAt: Type.Optional(
    Type.String({
      format: 'date-time',
      description: 'As recorded: a Monday at midnight UTC, from which its seconds count.',
    }),
  ),
  happened: Type.Optional(Happened),
  notes: Type.Array(
    Type.Enum(measureNotes, {
      description:
        'plans-left-out: the policy in force names what a scenario cannot have, so needs are taken as they stood at last. kinds-left-out: only the 40 most frequent kinds. nobody-online: no agent was online in the span, so all are taken.',
    }),
  ),
});
export type Measured = Static<typeof Measured>;
