// Simulations as the API shows them: what is asked for, how far a run is, and what it came to.
import { type Static, Type } from 'typebox';
import { PolicyDocument } from './policy/document.ts';
import { PolicyFault } from './policy/fault.ts';
import { Id, Nullable, Time } from './shapes.ts';

/** Of one run on the server; `usher simulate` takes more. */
export const MOST_LAB_ARRIVALS = 1_000_000;

const Share = Type.Number({ minimum: 0, maximum: 1 });
const Shares = (description: string) => Type.Record(Type.String(), Share, { description });

const KindFigures = Type.Object(
  {
    arrived: Type.Integer(),
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
    servedBy: Shares('Of those served, by the name of the agents.'),
  },
  { additionalProperties: true },
);

const AgentsFigures = Type.Object(
  {
    occupancy: Type.Number({ description: 'The share of places and time that was in use.' }),
    given: Type.Integer(),
  },
  { additionalProperties: true },
);

const PlanFigures = {
  arrived: Type.Integer(),
  meanWait: Type.Number({ description: 'Seconds.' }),
  within: Nullable(
    Type.Number({
      description: 'The share served within the first of `within`; null: there is none.',
    }),
  ),
};

const SimulationFigures = Type.Object(
  {
    kinds: Type.Record(Type.String(), KindFigures),
    plans: Type.Optional(
      Type.Record(Type.String(), Type.Object(PlanFigures), {
        description: 'Where the policy has rules: by the plan in which conversations stood first.',
      }),
    ),
    hours: Type.Optional(
      Type.Array(
        Type.Object({
          from: Type.Number({
            description: 'Seconds from the beginning, a Monday at midnight UTC.',
          }),
          ...PlanFigures,
          waiting: Type.Integer({ description: 'How many wait at its end.' }),
        }),
        { description: 'One after the other, a year of them at most.' },
      ),
    ),
    agents: Type.Record(Type.String(), AgentsFigures),
    jain: Type.Number(),
    overCapacity: Type.Integer(),
    assignments: Type.Integer(),
    notModelled: Type.Array(Type.String()),
    wallSeconds: Type.Number(),
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
});

export const measureNotes = ['plans-left-out', 'kinds-left-out', 'nobody-online'] as const;
export type MeasureNote = (typeof measureNotes)[number];

export const Measured = Type.Object({
  scenario: Type.Object({}, { additionalProperties: true, description: 'To be run as it is.' }),
  conversations: Type.Integer({ description: 'How many came in the span.' }),
  notes: Type.Array(
    Type.Enum(measureNotes, {
      description:
        'plans-left-out: the policy in force names what a scenario cannot have, so needs are taken as they stood at last. kinds-left-out: only the 40 most frequent kinds. nobody-online: no agent was online in the span, so all are taken.',
    }),
  ),
});
export type Measured = Static<typeof Measured>;
