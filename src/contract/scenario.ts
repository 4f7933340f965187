// A scenario file and what its run comes to: the document of `usher simulate`. Times in seconds, rates in arrivals a second.
import { type Static, Type } from 'typebox';
import { SkillLevel } from './agents.ts';
import { Priority } from './conversation.ts';
import { PolicyDocument } from './policy/document.ts';
import { Named, Text } from './shapes.ts';

export const mostArrivals = 10_000_000;
export const mostAgents = 10_000;
/** A year of them. */
export const mostHours = 8784;
const mostKinds = 100;
const mostRecorded = 1_000_000;

/** How others give conversations: `src/simulation/peers`. */
export const peerNames = [
  'chatwoot',
  'chatwoot-policies',
  'rocketchat',
  'libredesk',
  'fewest-lifetime-chats',
  'fastest-first',
  'random',
] as const;
export type PeerName = (typeof peerNames)[number];
export const modelNames = ['usher', ...peerNames] as const;
export type ModelName = (typeof modelNames)[number];
const DAY = 86_400;
const WEEK = 7 * DAY;

const Positive = (description: string, maximum: number) =>
  Type.Number({ exclusiveMinimum: 0, maximum, description });

export const Distribution = Type.Union(
  [
    Type.Object({ exponential: Positive('Its mean.', 30 * DAY) }, { additionalProperties: false }),
    Type.Object(
      { fixed: Type.Number({ minimum: 0, maximum: 30 * DAY, description: 'Always so long.' }) },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        lognormal: Type.Tuple([
          Positive('Its mean.', 30 * DAY),
          Positive('Its coefficient of variation: standard deviation ÷ mean.', 100),
        ]),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        sample: Type.Array(Type.Number({ minimum: 0, maximum: 30 * DAY }), {
          minItems: 1,
          maxItems: 1_000_000,
          description: 'Observed ones: each is drawn as often as every other.',
        }),
      },
      { additionalProperties: false },
    ),
  ],
  { description: 'How long something takes.' },
);
export type Distribution = Static<typeof Distribution>;

const Skills = Named(255, SkillLevel, { maxProperties: 50 });

const Rate = (description: string) => Type.Number({ minimum: 0, maximum: 10_000, description });

export const ArrivalProfile = Type.Object(
  {
    every: Type.Number({
      minimum: 1,
      maximum: WEEK,
      description: 'Seconds that each rate holds: 1800 is half an hour.',
    }),
    rates: Type.Array(Rate('Arrivals a second while it holds.'), {
      minItems: 1,
      maxItems: 10_080,
      description: 'One after the other, then again from the first: 48 half hours are a day.',
    }),
  },
  {
    additionalProperties: false,
    description: 'Arrivals at random whose rate changes (a non-homogeneous Poisson process).',
  },
);
export type ArrivalProfile = Static<typeof ArrivalProfile>;

export const ScenarioKind = Type.Object(
  {
    name: Text(100, 1),
    rate: Type.Optional(
      Rate(
        'Arrivals a second, at random and independent (a Poisson process). One of rate, profile and recorded.',
      ),
    ),
    profile: Type.Optional(ArrivalProfile),
    recorded: Type.Optional(
      Type.Array(Type.Number({ minimum: 0, maximum: 366 * DAY }), {
        minItems: 1,
        maxItems: mostRecorded,
        description: 'When each came, in seconds from the beginning, in order. Replayed once.',
      }),
    ),
    needs: Type.Optional(
      Type.Object(
        {
          skills: Type.Optional(Skills),
          team: Type.Optional(Text(255, 1)),
          priority: Type.Optional(Priority),
          weight: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
          fields: Type.Optional(
            Named(200, Type.Unknown(), {
              maxProperties: 50,
              description: 'What the rules of the policy look at, by the names of their fields.',
            }),
          ),
        },
        { additionalProperties: false, description: 'Absent: any agent will do.' },
      ),
    ),
    service: Distribution,
    patience: Type.Optional(Distribution),
  },
  { additionalProperties: false },
);
export type ScenarioKind = Static<typeof ScenarioKind>;

export const Shift = Type.Object(
  {
    from: Type.Number({ minimum: 0, exclusiveMaximum: WEEK }),
    until: Type.Number({ exclusiveMinimum: 0, maximum: 2 * WEEK }),
  },
  {
    additionalProperties: false,
    description: 'Seconds from the beginning of each day or week. May go on past its end.',
  },
);
export type Shift = Static<typeof Shift>;

export const ScenarioAgents = Type.Object(
  {
    name: Text(100, 1),
    count: Type.Optional(Type.Integer({ minimum: 1, maximum: mostAgents })),
    capacity: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000 })),
    skills: Type.Optional(Skills),
    teams: Type.Optional(Type.Array(Text(255, 1), { maxItems: 50 })),
    speed: Type.Optional(Positive('A service takes its time ÷ speed.', 1000)),
    concurrency: Type.Optional(
      Type.Object(
        {
          slowdown: Type.Number({
            minimum: 0,
            maximum: 100,
            description:
              'While an agent holds n, each of them takes 1 + slowdown × (n − 1) times as long. 0: as long as alone; 1: they share the agent’s time.',
          }),
        },
        { additionalProperties: false },
      ),
    ),
    shifts: Type.Optional(
      Type.Array(Shift, {
        minItems: 1,
        maxItems: 200,
        description:
          'Outside of them an agent is given nothing new, and finishes what it holds. Absent: always in shift.',
      }),
    ),
    shiftsEvery: Type.Optional(
      Type.Enum(['day', 'week'], { description: 'How often the shifts come. Absent: every day.' }),
    ),
  },
  { additionalProperties: false },
);
export type ScenarioAgents = Static<typeof ScenarioAgents>;

export const Scenario = Type.Object(
  {
    seed: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 })),
    arrivals: Type.Integer({
      minimum: 1,
      maximum: mostArrivals,
      description:
        'Of all kinds, fewer where all are recorded. When the last has come, those who wait are served to the end.',
    }),
    warmUp: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 0.9,
        description: 'The share of the first arrivals that is not counted.',
      }),
    ),
    within: Type.Optional(
      Type.Array(Type.Number({ minimum: 0, maximum: 7 * DAY }), { maxItems: 20 }),
    ),
    kinds: Type.Array(ScenarioKind, { minItems: 1, maxItems: mostKinds }),
    agents: Type.Array(ScenarioAgents, { minItems: 1, maxItems: 1000 }),
    policy: Type.Optional(
      Type.Partial(PolicyDocument, { description: 'Parts of a policy; the rest is the default.' }),
    ),
    queueLimit: Type.Optional(
      Type.Union([Type.Integer({ minimum: 0, maximum: mostArrivals }), Type.Null()], {
        description: 'Who finds so many waiting is lost; null: nobody is. 0: nobody waits.',
      }),
    ),
    model: Type.Optional(
      Type.Enum(modelNames, { description: 'Who decides: Usher, or the model of a peer.' }),
    ),
  },
  { additionalProperties: false },
);
export type Scenario = Static<typeof Scenario>;

/** Shares are of the arrivals that count; `…Ci`: half the width of the 95 % interval. */
export interface KindResult {
  arrived: number;
  waitedShare: number;
  waitedShareCi: number;
  /** Seconds, over all arrivals that were not lost at the door; of one that left: until it left. */
  meanWait: number;
  meanWaitCi: number;
  p50: number;
  p95: number;
  p99: number;
  /** Not taken in: the queue was full, or the plan closed. */
  lostShare: number;
  abandonedShare: number;
  /** Still waiting when nothing more happened: nobody may serve them. */
  unservedShare: number;
  /** By seconds: the share served within them. */
  within: Record<string, number>;
  /** Of those served, by the agents' name. */
  servedBy: Record<string, number>;
}

export interface AgentsResult {
  /** The share of all their places and time in shift that was in use; what is finished after it counts as a place of its own. */
  occupancy: number;
  given: number;
}

/** Of those that stood in it first. */
export interface PlanResult {
  arrived: number;
  /** Seconds, as of a kind. */
  meanWait: number;
  /** The share served within the first of the scenario's `within`; null: it has none, or nobody came. */
  within: number | null;
}

/** Of those that came in it, with those of the warm-up. */
export interface HourResult extends PlanResult {
  /** Seconds from the beginning. */
  from: number;
  /** How many wait at its end. */
  waiting: number;
}

export interface SimulationResult {
  kinds: Record<string, KindResult>;
  /** All kinds together. Absent, as `plans` and `hours`: of a model that keeps kinds and agents alone. */
  whole?: KindResult;
  /** None where the policy has no rules. */
  plans?: Record<string, PlanResult>;
  /** One after the other until the last arrival, the first year of them at most. */
  hours?: HourResult[];
  agents: Record<string, AgentsResult>;
  /** Jain's index of what each agent was given. */
  jain: number;
  /** Assignments that left an agent above the capacity: 0. */
  overCapacity: number;
  assignments: number;
  /** Parts of the policy that the simulator does not follow. */
  notModelled: string[];
  wallSeconds: number;
}

/** Of one figure, over runs on the same seeds. */
export interface Difference {
  /** Means over all runs. */
  scenario: number;
  against: number;
  /** `against` − `scenario`. */
  difference: number;
  /** Half the width of the 95 % interval of the difference. */
  ci: number;
  /** Whether the interval leaves out 0. */
  shown: boolean;
}

export type ComparedMeasures = Record<
  'waitedShare' | 'meanWait' | 'p95' | 'abandonedShare' | 'lostShare' | 'unservedShare',
  Difference
> & {
  /** By seconds that both scenarios ask for. */
  within: Record<string, Difference>;
};

export interface Comparison {
  runs: number;
  /** Of the first run; each other has the next. */
  seed: number;
  whole: ComparedMeasures;
  /** Those that both scenarios have. */
  kinds: Record<string, ComparedMeasures>;
  /** Of the agents that both have. */
  occupancy: Record<string, Difference>;
  /** Parts of either policy that the simulator does not follow. */
  notModelled: string[];
}
