// What happens to a conversation while it waits: steps of needs, order of preference, sticky agent, hours, limits, targets, silence.
import { type Static, Type } from 'typebox';
import { SkillLevel } from '../agents.ts';
import { PlanBot } from '../bots.ts';
import { Priority } from '../conversation.ts';
import { Named, Nullable, Text } from '../shapes.ts';
import { criterionNameList } from '../strategies.ts';
import { PolicyName } from './names.ts';
import { Words } from './words.ts';

const WEEK = 604_800;
const Seconds = (description: string, minimum = 0) =>
  Type.Integer({ minimum, maximum: WEEK, description });

export const Step = Type.Object(
  {
    after: Seconds('Seconds of waiting within the plan, from which on these needs hold.'),
    team: Type.Optional(
      Nullable(
        Text(255, 1),
        // Absent: the team that the conversation asked for, or its channel's; null: any.
      ),
    ),
    skills: Type.Optional(
      Named(255, SkillLevel, {
        description:
          'By name or id: the least level that an agent must have. Absent: the skills that the conversation asked for, or its team and channel imply.',
        maxProperties: 50,
      }),
    ),
    priority: Type.Optional(Priority),
  },
  { additionalProperties: false },
);
export type Step = Static<typeof Step>;

export const Otherwise = Type.String({
  pattern: '^(queue|message|close|plan:.{1,100})$',
  description:
    'queue: it waits as usual; message: the contact is told, and it waits; close: the contact is told, and it ends; plan:<name>: it goes by that plan.',
});

export const Offer = Type.Object(
  {
    within: Type.Integer({
      minimum: 5,
      maximum: 600,
      description: 'Seconds within which the agent accepts; then somebody else is asked.',
    }),
    misses: Type.Integer({
      minimum: 1,
      maximum: 20,
      description: 'After so many offers in a row without an answer the agent becomes away.',
    }),
  },
  {
    additionalProperties: false,
    description:
      'The agent whom the router chooses is asked first. Absent: given at once. Where agents answer in an outside system, that system asks in its own way.',
  },
);
export type Offer = Static<typeof Offer>;

const Silent = (description: string) => Seconds(description, 5);

export const SilenceLimits = Type.Object(
  {
    agent: Type.Optional(
      Silent(
        'After so many seconds without the agent’s answer supervisors are told; after twice as many it goes back to the queue.',
      ),
    ),
    contact: Type.Optional(
      Type.Object(
        {
          remind: Type.Optional(
            Silent('So many seconds after the agent’s last message the contact is reminded, once.'),
          ),
          close: Type.Optional(
            Silent('So many seconds after the agent’s last message it ends. More than remind.'),
          ),
        },
        { additionalProperties: false },
      ),
    ),
  },
  {
    additionalProperties: false,
    description:
      'What follows when somebody says nothing in a conversation that an agent holds. Seconds of the clock, not of a calendar. Absent: nothing.',
  },
);
export type SilenceLimits = Static<typeof SilenceLimits>;

export const Plan = Type.Object(
  {
    name: PolicyName,
    steps: Type.Array(Step, { minItems: 1, maxItems: 20 }),
    prefer: Type.Optional(
      Type.Array(Type.Enum(criterionNameList), { minItems: 1, maxItems: 6, uniqueItems: true }),
    ),
    bot: Type.Optional(PlanBot),
    sticky: Type.Optional(
      Type.Object(
        {
          within: Type.String({
            pattern: '^[1-9]\\d{0,3}[mhd]$',
            description:
              'How long ago the contact’s last conversation may have ended: 30d, 12h, 45m.',
          }),
          waitFor: Type.Optional(
            Seconds(
              'Seconds of waiting within the plan for which only that agent may be given it, while they can be reached.',
              1,
            ),
          ),
        },
        { additionalProperties: false },
      ),
    ),
    hours: Type.Optional(
      Type.Object({ calendar: PolicyName, otherwise: Otherwise }, { additionalProperties: false }),
    ),
    limits: Type.Optional(
      Type.Object(
        {
          waiting: Type.Optional(
            Type.Integer({
              minimum: 1,
              maximum: 1_000_000,
              description:
                'The plan is full when so many wait in it. Judged once, when nobody could be given the conversation at once.',
            }),
          ),
          waitFor: Type.Optional(Seconds('Seconds of waiting within the plan.', 1)),
          // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
          then: Otherwise,
        },
        { additionalProperties: false },
      ),
    ),
    targets: Type.Optional(
      Type.Object(
        {
          firstAnswer: Type.Optional(Seconds('To the first answer.', 1)),
          nextAnswer: Type.Optional(Seconds('To each answer after that.', 1)),
          end: Type.Optional(Type.Integer({ minimum: 1, maximum: 31_536_000 })),
          calendar: Type.Optional(PolicyName),
        },
        {
          additionalProperties: false,
          description: 'In seconds of the calendar’s hours; without a calendar, in all hours.',
        },
      ),
    ),
    offer: Type.Optional(Offer),
    silence: Type.Optional(SilenceLimits),
    words: Type.Optional(Words),
    order: Type.Optional(
      Type.Enum(['rank', 'due'], {
        description:
          'rank: who came first, less the boost; due: whose target is due first. The default is rank.',
      }),
    ),
  },
  { additionalProperties: false },
);
export type Plan = Static<typeof Plan>;
