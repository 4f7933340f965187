// Automations: when an event happens and the conversation looks so, actions follow by themselves.
import { type Static, Type } from 'typebox';
import { ActionResult, Actions } from './actions.ts';
import { automationEvents } from './automation-events.ts';
import { PolicyFault } from './policy/fault.ts';
import type { Condition } from './policy/rule-fields.ts';
import { Id, Name, Nullable, Time } from './shapes.ts';

/** Of a workspace. */
export const MAX_AUTOMATIONS = 50;
export const MAX_POSITION = 10_000;
/** An event that automations caused, one after the other, is followed no further. */
export const MAX_AUTOMATION_DEPTH = 3;
/** How often one may act in one conversation within an hour. */
export const MAX_RUNS_PER_HOUR = 20;
/** Refusals in a row after which one is switched off. */
export const FAILURES_TO_DISABLE = 10;
/** How long, and how many of each, runs are kept. */
export const RUN_DAYS = 30;
export const RUNS_KEPT = 1000;

const AutomationEvents = Type.Array(Type.Enum([...automationEvents]), {
  ...{ minItems: 1, maxItems: automationEvents.length, uniqueItems: true },
  description: 'The events after which the condition is asked.',
});

const When = Type.Unsafe<Condition>(
  Type.Object(
    {},
    {
      additionalProperties: true,
      description:
        'As the condition of a rule: {"field": "source", "is": "wa"}, {"all": [..]}, {"any": [..]}, {"not": ..}. It is asked of the conversation as it is when the automation runs. After message.created there are also message.author (contact, agent, bot, user, system) and message.kind (text, note).',
    },
  ),
);

const fields = {
  name: Name,
  enabled: Type.Boolean(),
  position: Type.Integer({
    ...{ minimum: 0, maximum: MAX_POSITION },
    description: 'Of several for one event the lower ones act first.',
  }),
  on: AutomationEvents,
  actions: Actions,
};

export const AutomationCreation = Type.Object(
  {
    name: fields.name,
    enabled: Type.Optional(fields.enabled),
    position: Type.Optional(fields.position),
    on: fields.on,
    when: Type.Optional(Nullable(When)),
    actions: fields.actions,
  },
  { additionalProperties: false },
);
export type AutomationCreation = Static<typeof AutomationCreation>;

export const AutomationUpdate = Type.Object(
  {
    name: Type.Optional(fields.name),
    enabled: Type.Optional(fields.enabled),
    position: Type.Optional(fields.position),
    on: Type.Optional(fields.on),
    when: Type.Optional(Nullable(When)),
    actions: Type.Optional(fields.actions),
  },
  { additionalProperties: false, minProperties: 1 },
);
export type AutomationUpdate = Static<typeof AutomationUpdate>;

export const Automation = Type.Object({
  id: Id,
  ...fields,
  when: Nullable(When),
  disabledReason: Nullable(
    Type.Enum(['paused', 'failing'], {
      description: 'failing: its actions were refused ten times in a row. null: it is switched on.',
    }),
  ),
  failures: Type.Integer({ description: 'Refusals since it last did what it says.' }),
  lastRunAt: Nullable(Time),
  faults: Type.Array(PolicyFault, {
    description: 'What it names and is no longer there: a plan, team, agent or endpoint.',
  }),
});
export type Automation = Static<typeof Automation>;

const outcomes = ['done', 'failed', 'stopped'] as const;

export const AutomationRun = Type.Object({
  id: Type.String(),
  conversationId: Id,
  event: Type.String(),
  at: Time,
  depth: Type.Integer({
    description: '1: after what somebody did; 2: after what one of depth 1 did; …',
  }),
  outcome: Type.Enum([...outcomes], {
    description:
      'failed: an action was refused, and nothing was done. stopped: it would go on for ever.',
  }),
  reason: Nullable(
    Type.String({
      description: 'Of a failure the code; too-deep or too-often where it was stopped.',
    }),
  ),
  actions: Type.Array(ActionResult),
});
export type AutomationRun = Static<typeof AutomationRun>;

export const AutomationTrial = Type.Object({
  of: Type.Integer({ description: 'Conversations: the last to come, those that wait first.' }),
  tried: Type.Integer({ description: 'As many as time allowed.' }),
  matched: Type.Integer({
    description:
      'For which the condition holds now; where it looks at a message, for one at least of those that were written.',
  }),
  events: Type.Integer({
    description: 'Of those: events that would have started it, as far as they are kept.',
  }),
  examples: Type.Array(
    Type.Object({
      conversationId: Id,
      contactName: Nullable(Type.String({ description: 'null: one may not read conversations.' })),
      events: Type.Integer(),
    }),
    { maxItems: 20 },
  ),
});
export type AutomationTrial = Static<typeof AutomationTrial>;

export const AutomationCheck = Type.Object({
  faults: Type.Array(PolicyFault),
  trial: Type.Optional(AutomationTrial),
});
export type AutomationCheck = Static<typeof AutomationCheck>;
