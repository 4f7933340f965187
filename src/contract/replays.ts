// A replay as the API shows it: recorded decisions, decided again, and whatever came out otherwise.
import { type Static, Type } from 'typebox';
import { PolicyDocument } from './policy/document.ts';
import { MovedConversation } from './policy/dry-run.ts';
import { Id, Nullable, Time } from './shapes.ts';

export const LONGEST_REPLAY_DAYS = 7;
/** Of one replay. */
export const MOST_REPLAYED = 100_000;
/** Of each list in an answer. */
export const MOST_LISTED = 1000;

/** What is known to keep a decision from being made again. */
export const explainedCauses = ['not-on-record', 'agents-unknown', 'policy-gone'] as const;
/** Nothing that is recorded accounts for these. */
export const unexplainedCauses = [
  'another-agent',
  'nobody',
  'another-order',
  'another-reason',
  'another-rule',
  'records-differ',
] as const;
export const replayCauses = [...explainedCauses, ...unexplainedCauses] as const;
export type ReplayCause = (typeof replayCauses)[number];

/** Why no rule, or another one, matches again. */
export const rulesCauses = [
  'another-rule',
  'fields-changed',
  'waited-again',
  'not-on-record',
] as const;
export type RulesCause = (typeof rulesCauses)[number];

export const ReplayRequest = Type.Object({
  from: Time,
  until: Time,
  against: Type.Optional(
    Type.Unsafe<PolicyDocument>({
      ...PolicyDocument,
      description: 'Another policy, to be asked where it would have sent each conversation.',
    }),
  ),
});

const Party = Type.Object({ id: Id, name: Type.String() });

const Difference = Type.Object({
  conversationId: Id,
  assignmentId: Id,
  at: Time,
  agent: Party,
  replayed: Nullable(
    Type.Object(Party.properties, {
      description: 'Whom the same decision goes to now; null: to nobody, or it was not made again.',
    }),
  ),
  cause: Type.Enum(replayCauses, {
    description:
      'not-on-record: its pass was not recorded, or is forgotten. agents-unknown: the record has not named all agents before it. policy-gone: its policy is not kept. another-agent, nobody, another-order, another-reason: decided otherwise. another-rule: asked again on the same fields, another rule matches. records-differ: the decision names another agent than the assignment.',
  }),
  explained: Type.Boolean({ description: 'false: nothing on record accounts for it.' }),
});
export type ReplayDifference = Static<typeof Difference>;

const GivenByHand = Type.Object({
  conversationId: Id,
  assignmentId: Id,
  at: Time,
  agent: Party,
  by: Type.String({ description: 'Who gave it; remote: the outside system.' }),
  forced: Type.Boolean(),
});

const Server = Type.Object({
  node: Type.String({ description: 'Another one each time a process reads all agents anew.' }),
  from: Time,
  until: Time,
  passes: Type.Integer(),
});

export const Replay = Type.Object({
  from: Time,
  until: Time,
  isWhole: Type.Boolean({
    description: 'false: time ran out; the figures are about the span until `until`.',
  }),
  passes: Type.Integer({ description: 'Routing passes that gave something.' }),
  decided: Type.Integer({ description: 'Decisions of the router that gave a conversation.' }),
  reproduced: Type.Integer({
    description: 'Of those: the same agent, in the same order, for the same reason.',
  }),
  differing: Type.Integer({ description: 'Of those: the others.' }),
  unexplained: Type.Integer({ description: 'Of the differing: those that nothing accounts for.' }),
  causes: Type.Record(Type.String(), Type.Integer(), { description: 'How many by cause.' }),
  differences: Type.Array(Difference, { description: `The first ${MOST_LISTED}.` }),
  byHand: Type.Integer({ description: 'Given by people or an outside system: no decision.' }),
  moves: Type.Array(GivenByHand, { description: `The first ${MOST_LISTED} of those.` }),
  missed: Type.Integer({
    description:
      'Decided, but given to nobody: the conversation ended, or went to somebody, at that very moment.',
  }),
  forgotten: Type.Integer({ description: 'Decided, and deleted since with their conversations.' }),
  standing: Type.Object(
    {
      asked: Type.Integer({ description: 'Of how many that can still be said.' }),
      asPlanned: Type.Integer(),
      otherwise: Type.Array(Id, {
        description: `Conversations that needed something else; the first ${MOST_LISTED}.`,
      }),
    },
    {
      description:
        'Where rules were in force: whether each needed what its plan, at the step and the hour it had come to, asks for. Not said of what has waited again since, of needs that a person chose, and of bots.',
    },
  ),
  rules: Type.Object(
    {
      asked: Type.Integer({ description: 'Decisions that were made where rules were in force.' }),
      again: Type.Integer({ description: 'Of those: the same rule matches again.' }),
      causes: Type.Record(Type.String(), Type.Integer(), {
        description:
          'How many of the others, by cause. fields-changed: what the rules looked at is not as it was, so they cannot be asked again. waited-again: the conversation has waited again since, which keeps its latest rule alone, or is deleted. not-on-record: a version asked the rules that noted nothing. another-rule: nothing has changed, and another rule matches; it stands in `differences` too.',
      }),
      matched: Type.Array(Type.Object({ rule: Type.String(), count: Type.Integer() }), {
        description: 'How often each rule matches again.',
      }),
    },
    { description: 'The rules, asked again on what each conversation was like at that moment.' },
  ),
  against: Nullable(
    Type.Object(
      {
        tried: Type.Integer({ description: 'Decisions about which the other policy was asked.' }),
        elsewhere: Type.Integer({ description: 'Of those: sent elsewhere than they were.' }),
        unknown: Type.Integer({
          description:
            'Not asked: their rules cannot be asked again, or it counts what was not counted then.',
        }),
        moved: Type.Array(MovedConversation, {
          description: 'The first hundred, the latest first.',
        }),
      },
      {
        description:
          'Where the other policy would have sent them as their rules were asked. What it alone looks at is as it is now. null: no other policy was given.',
      },
    ),
  ),
  servers: Type.Array(Server, {
    description: 'Who decided. A restart, a takeover and a failed pass each begin another.',
  }),
});
export type Replay = Static<typeof Replay>;
