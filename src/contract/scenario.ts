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

const Share = (description: string) => Type.Number({ minimum: 0, maximum: 1, description });

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
    contacts: Type.Optional(
      Type.Array(Type.Union([Text(100, 1), Type.Null()]), {
        minItems: 1,
        maxItems: mostRecorded,
        description:
          'With recorded: who each is. The same name is the same contact, also in other kinds; null: somebody who never comes again.',
      }),
    ),
    returning: Type.Optional(
      Share(
        'Of the arrivals: each is, by chance, one of the last 10,000 contacts of the kind whom an agent has served. Absent: nobody comes again.',
      ),
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
    firstAnswer: Type.Optional(
      Type.Unsafe<Distribution>({
        ...Distribution,
        description:
          'From when an agent has it to the agent’s first answer, which comes no later than the end. As the service it is divided by the agent’s speed and grows with what the agent holds. Absent: results say nothing of first answers.',
      }),
    ),
    patience: Type.Optional(Distribution),
    transfers: Type.Optional(
      Type.Object(
        {
          share: Share('Of the conversations that an agent has: the agent transfers it.'),
          most: Type.Optional(
            Type.Integer({
              minimum: 1,
              maximum: 20,
              description:
                'Each next agent transfers it by the same share, until it was transferred so often. Absent: 1.',
            }),
          ),
          after: Type.Unsafe<Distribution>({
            ...Distribution,
            description: 'How long an agent has it before. The service is that of the last one.',
          }),
          to: Type.Optional(
            Type.Object(
              {
                team: Type.Optional(Text(255, 1)),
                skills: Type.Optional(Skills),
                plan: Type.Optional(Text(100, 1)),
              },
              {
                additionalProperties: false,
                description: 'Absent: to any other agent who may have it.',
              },
            ),
          ),
        },
        {
          additionalProperties: false,
          description:
            'What an agent begins and others go on with. It waits again at its old rank, with a patience of its own.',
        },
      ),
    ),
    silent: Type.Optional(
      Type.Object(
        {
          share: Share('Of the conversations that an agent has.'),
          after: Distribution,
        },
        {
          additionalProperties: false,
          description:
            'Contacts who write no more: so long after an agent has it, the agent’s last message stays without an answer. What follows, the plan’s silence says; without that the agent holds it for the rest of the service.',
        },
      ),
    ),
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

export const OfferAnswers = Type.Object(
  {
    answerAfter: Type.Optional(Distribution),
    declined: Type.Optional(Share('Of the offers: the agent says no. Absent: 0.')),
    missed: Type.Optional(
      Share(
        'Of the offers: the agent says nothing. Absent: 0. Answers that come too late are missed as well.',
      ),
    ),
    backAfter: Type.Optional(
      Type.Number({
        minimum: 1,
        maximum: DAY,
        description:
          'Seconds after which an agent who became away by missed offers is back, at the next shift at the latest. Absent: 300.',
      }),
    ),
  },
  {
    additionalProperties: false,
    description:
      'What agents do where a plan offers: the rest is accepted. Absent: all are accepted, after 4 s.',
  },
);
export type OfferAnswers = Static<typeof OfferAnswers>;

export const BotHabits = Type.Object(
  {
    talk: Distribution,
    ends: Type.Optional(
      Share('Of the conversations: it ends them by itself. The rest it hands over. Absent: 0.'),
    ),
    silent: Type.Optional(
      Share(
        'Of the conversations: it says nothing, so that the house hands them over after the plan’s silentFor. Absent: 0.',
      ),
    ),
  },
  {
    additionalProperties: false,
    description:
      'This is no person but a bot: it has what comes to the plans that name it first, for as long as it talks.',
  },
);
export type BotHabits = Static<typeof BotHabits>;

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
    offers: Type.Optional(OfferAnswers),
    unanswered: Type.Optional(
      Share(
        'Of the conversations that the agent is given: the contact gets no answer. What follows, the plan’s silence says; without that the agent holds it for the whole service. Absent: 0.',
      ),
    ),
    bot: Type.Optional(BotHabits),
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
    known: Type.Optional(
      Type.Object(
        {
          teams: Type.Optional(Type.Array(Text(255, 1), { maxItems: 10_000 })),
          skills: Type.Optional(Type.Array(Text(255, 1), { maxItems: 10_000 })),
        },
        {
          additionalProperties: false,
          description:
            'Teams and skills that there are and that the policy may name, though no agent and no kind here has them.',
        },
      ),
    ),
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

/** Shares are of the arrivals that count, less those that a bot ended; `…Ci`: half the width of the 95 % interval. */
export interface KindResult {
  /** Also those that a bot ended. */
  arrived: number;
  /** Of all that arrived, those that a bot ended. Absent: none. */
  botShare?: number;
  waitedShare: number;
  waitedShareCi: number;
  /** Seconds, over all arrivals that were not lost at the door; of one that left: until it left. What a bot held it is no wait. */
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
  /** Absent: no kind says when agents answer. */
  firstAnswer?: FirstAnswer & { meanCi: number };
  /** Of those served, by the name of the agents who had them first. */
  servedBy: Record<string, number>;
  /** Absent: agents transfer nobody. */
  transfers?: TransfersResult;
}

/** Shares are of those that were made. */
export interface TransfersResult {
  made: number;
  /** Of those served: transferred once at least. */
  share: number;
  /** Seconds from the transfer until the next agent had it. */
  meanWait: number;
  p95: number;
  /** Lost patience meanwhile, or were ended by the plan. */
  leftShare: number;
  /** Still waiting when nothing more happened. */
  unservedShare: number;
}

/** From the arrival to the agent's first answer, in seconds, over those that got one. What a bot held it does not count. */
export interface FirstAnswer {
  /** Of those that no bot ended. */
  answeredShare: number;
  mean: number;
  p50: number;
  p95: number;
}

/** How long some of the arrivals waited. */
export interface WaitsResult {
  /** Seconds, as of a kind. */
  meanWait: number;
  p50: number;
  p95: number;
  /** The share served within the first of the scenario's `within`, of those that no bot ended; null: it has none, or nobody came. */
  within: number | null;
  /** Absent: no kind says when agents answer. */
  firstAnswer?: FirstAnswer;
}

/** Of some of the arrivals. */
export interface PartResult extends WaitsResult {
  arrived: number;
  abandonedShare: number;
}

export interface AgentsResult {
  /** The share of all their places and time in shift that was in use; what is finished after it counts as a place of its own. */
  occupancy: number;
  given: number;
  /** Of those that they served. Absent: they served nobody, or a model that keeps kinds alone. */
  waits?: WaitsResult;
  /** Absent: no plan offers. */
  offers?: OffersResult;
  /** Of a bot. */
  bot?: BotResult;
  /** What went back to the queue, because the agent gave no answer. Absent: nothing did. */
  returned?: number;
  /** What went on to others. Absent: nothing did. */
  transferred?: number;
}

/** Of all agents of a team; whoever is in several counts in each. */
export type TeamResult = Pick<AgentsResult, 'occupancy' | 'given' | 'waits'>;

/** What became of what it was given. */
export interface BotResult {
  ended: number;
  handedOver: number;
  /** Handed over by the house, because it said nothing. */
  silent: number;
}

/** Those of `made` that are none of these were accepted. */
export interface OffersResult {
  made: number;
  declined: number;
  /** Not answered in time. */
  missed: number;
  /** The customer left before the agent answered. */
  withdrawn: number;
}

/** Of those that came in it, with those of the warm-up. */
export interface HourResult extends PartResult {
  /** Seconds from the beginning. */
  from: number;
  /** How many wait at its end. */
  waiting: number;
}

export interface SimulationResult {
  kinds: Record<string, KindResult>;
  /** All kinds together. Absent, as `plans` and `hours`: of a model that keeps kinds and agents alone. */
  whole?: KindResult;
  /** Of those that stood in each first. None where the policy has no rules. */
  plans?: Record<string, PartResult>;
  /** One after the other until the last arrival, the first year of them at most. */
  hours?: HourResult[];
  agents: Record<string, AgentsResult>;
  /** Absent: nobody is in one. */
  teams?: Record<string, TeamResult>;
  /** Jain's index of what each agent was given. */
  jain: number;
  /** Assignments that left an agent above the capacity: 0. */
  overCapacity: number;
  assignments: number;
  /** Parts of the policy that the simulator does not follow. */
  notModelled: string[];
  wallSeconds: number;
}

/** Of one figure, over independent runs. */
export interface Estimate {
  mean: number;
  /** Half the width of its 95 % interval. */
  ci: number;
}

export const repeatedFigures = [
  'waitedShare',
  'meanWait',
  'p50',
  'p95',
  'p99',
  'abandonedShare',
  'lostShare',
  'unservedShare',
] as const satisfies readonly (keyof KindResult)[];

export type RepeatedMeasures = Record<(typeof repeatedFigures)[number], Estimate> & {
  /** Absent: no bot ended any in any run. */
  botShare?: Estimate;
  /** By seconds. */
  within: Record<string, Estimate>;
  /** Absent: no kind says when agents answer. */
  firstAnswer?: Repeated<keyof FirstAnswer>;
  /** Of those served, by the agents' name. */
  servedBy: Record<string, Estimate>;
  /** Absent: agents transfer nobody. */
  transfers?: Repeated<TransferFigure>;
};

export const transferFigures = [
  'share',
  'meanWait',
  'p95',
  'leftShare',
  'unservedShare',
] as const satisfies readonly (keyof TransfersResult)[];
export type TransferFigure = (typeof transferFigures)[number];

/** As of one run; null: fewer than two runs have it. */
type Repeated<Figure extends string> = Record<Figure, Estimate | null>;

/** Absent: no kind says when agents answer. */
export interface RepeatedWaits extends Repeated<'meanWait' | 'p50' | 'p95' | 'within'> {
  firstAnswer?: Repeated<keyof FirstAnswer>;
}

/** One scenario, on several seeds. */
export interface RepeatedRuns {
  runs: number;
  /** Of the first run; each other has the next. */
  seed: number;
  /** Absent: of a model that keeps kinds and agents alone. */
  whole?: RepeatedMeasures;
  kinds: Record<string, RepeatedMeasures>;
  /** Absent, as `overDay`: of a model that keeps kinds and agents alone. */
  plans?: Record<string, RepeatedWaits>;
  /**
   * The mean wait by the hour of the simulated day in which people came. null: in fewer than two runs
   * somebody did. Absent: a run was shorter than a day.
   */
  overDay?: (Estimate | null)[];
  occupancy: Record<string, Estimate>;
  /** The occupancy of each. Absent: nobody is in one. */
  teams?: Record<string, Estimate>;
  /** Of those that each served. Absent, as of a kind's `plans`; also `teams`, where nobody is in one. */
  served?: { agents: Record<string, RepeatedWaits>; teams?: Record<string, RepeatedWaits> };
  jain: Estimate;
  /** Parts of the policy that the simulator does not follow. */
  notModelled: string[];
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
  /** Absent: in either nobody says when agents answer, or nobody was answered. */
  firstAnswer?: Record<'mean' | 'p95', Difference>;
  /** Absent: in either agents transfer nobody. */
  transfers?: Record<'share' | 'meanWait', Difference>;
};

/** Absent: either has none. */
export type ComparedWaits = Partial<Record<'meanWait' | 'p95' | 'within', Difference>>;

export type ComparedPart = 'kinds' | 'agents' | 'plans';

export interface Comparison {
  runs: number;
  /** Of the first run; each other has the next. */
  seed: number;
  whole: ComparedMeasures;
  /** Those that both scenarios have. */
  kinds: Record<string, ComparedMeasures>;
  /** Those that both have, as `kinds`. */
  plans: Record<string, ComparedWaits>;
  /** Of the agents that both have. */
  occupancy: Record<string, Difference>;
  /** Jain's index of what each agent was given. */
  jain: Difference;
  /** By name, what one of both has and the other has not: nothing is said of it. */
  alone: Record<'scenario' | 'against', Record<ComparedPart, string[]>>;
  /** Parts of either policy that the simulator does not follow. */
  notModelled: string[];
}
