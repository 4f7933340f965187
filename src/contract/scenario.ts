// A scenario file and what its run comes to: the document of `usher simulate`. Times in seconds, rates in arrivals a second.
import { type Static, Type } from 'typebox';
import { SkillLevel } from './agents.ts';
import { Priority } from './conversation.ts';
import { PolicyDocument } from './policy/document.ts';
import { Named, Text } from './shapes.ts';

export const mostArrivals = 10_000_000;
export const mostAgents = 10_000;
const mostKinds = 100;

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

export const ScenarioKind = Type.Object(
  {
    name: Text(100, 1),
    rate: Type.Number({
      minimum: 0,
      maximum: 10_000,
      description: 'Arrivals a second, at random and independent (a Poisson process).',
    }),
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

export const ScenarioAgents = Type.Object(
  {
    name: Text(100, 1),
    count: Type.Optional(Type.Integer({ minimum: 1, maximum: mostAgents })),
    capacity: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000 })),
    skills: Type.Optional(Skills),
    teams: Type.Optional(Type.Array(Text(255, 1), { maxItems: 50 })),
    speed: Type.Optional(Positive('A service takes its time ÷ speed.', 1000)),
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
      description: 'Of all kinds. When the last has come, those who wait are served to the end.',
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
  /** The share of all their places and time that was in use. */
  occupancy: number;
  given: number;
}

export interface SimulationResult {
  kinds: Record<string, KindResult>;
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
