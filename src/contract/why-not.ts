// Why a conversation is not with a certain agent, as codes and figures; each client words them.
import { type Static, Type } from 'typebox';
import { conversationStates } from './conversation-states.ts';
import { DecidedBy, Reason } from './reasons.ts';
import { Id, Nullable, Time } from './shapes.ts';

const obstacle = <Code extends string, Fields extends Type.TProperties>(
  code: Code,
  fields: Fields,
) => Type.Object({ code: Type.Literal(code), ...fields });

const standing = Type.Object({
  agentName: Type.String(),
  loadShare: Type.Number({ description: 'Held before this one, over capacity.' }),
  idleSeconds: Type.Number(),
});

/** One thing about one agent; told apart by its code. */
export const Obstruction = Type.Union([
  obstacle('not-online', { availability: Type.Enum(['away', 'offline']) }),
  obstacle('not-heard-of', { since: Time }),
  obstacle('bot-not-named', {}),
  obstacle('bot-first', {}),
  obstacle('answers-elsewhere', {}),
  obstacle('not-on-channel', { channelName: Type.String() }),
  obstacle('not-in-division', {
    channelName: Type.String(),
    externalChannelId: Type.String({
      description: 'The outside system’s own channel, as Qiscus’s.',
    }),
  }),
  obstacle('not-in-team', { team: Type.String() }),
  obstacle('below-level', {
    skills: Type.Array(
      Type.Object({
        skill: Type.String(),
        has: Type.Integer({ description: '0: not at all.' }),
        needs: Type.Integer(),
      }),
    ),
  }),
  obstacle('fits-later', {
    plan: Type.String(),
    step: Type.Integer({ description: 'From 1: the first whose team and skills the agent has.' }),
    at: Time,
  }),
  obstacle('fits-at-no-step', { plan: Type.String() }),
  obstacle('excluded', {
    cause: Type.String({ description: 'What came of giving it to them, as a code.' }),
    until: Nullable(Time),
  }),
  obstacle('asked-before', {
    cause: Type.String({ description: 'Why they did not take it when it was offered to them.' }),
  }),
  obstacle('no-room', {
    held: Type.Integer({ description: 'In weights, with what is held outside.' }),
    heldOutside: Type.Integer(),
    capacity: Type.Integer(),
    weight: Type.Integer({ description: 'Of this conversation.' }),
    wrappingUp: Type.Integer({ description: 'Of what is in use: ended, and still wrapped up.' }),
    wrapUpEndsAt: Nullable(
      Type.String({ format: 'date-time', description: 'Of the first, at the latest.' }),
    ),
  }),
  obstacle('at-limit', {
    channel: Type.String({ description: 'A kind of channel, or the name of this one.' }),
    held: Type.Integer({ description: 'In weights, with what is held outside.' }),
    most: Type.Integer(),
    weight: Type.Integer({ description: 'Of this conversation.' }),
  }),
  obstacle('paced', {
    until: Type.String({
      format: 'date-time',
      description: 'They were given one a moment ago; the router gives them the next from then on.',
    }),
  }),
  obstacle('others-before', {
    count: Type.Integer({ description: 'That wait before it and that the agent could be given.' }),
  }),
  obstacle('goes-to', {
    agentName: Type.String(),
    decidedBy: DecidedBy,
  }),
  obstacle('goes-to-them', {}),
  obstacle('has-it', { since: Time }),
  obstacle('had-it-last', { until: Nullable(Time) }),
  obstacle('was-second', { own: standing, chosen: standing, decidedBy: DecidedBy }),
  obstacle('could-not-then', { chosenName: Type.String() }),
  obstacle('was-not-first', { chosenName: Type.String(), secondName: Nullable(Type.String()) }),
]);
export type Obstruction = Static<typeof Obstruction>;

/** What is said of the conversation is said as everywhere else. */
export const WhyNotReason = Type.Union([Obstruction, Reason]);
export type WhyNotReason = Static<typeof WhyNotReason>;

export const WhyNot = Type.Object({
  agentId: Id,
  agentName: Type.String(),
  state: Type.Enum([...conversationStates]),
  reasons: Type.Array(WhyNotReason, {
    description:
      'Of a waiting conversation everything that stands against the agent now; of another what its last assignment has on record.',
  }),
  explanation: Type.Array(Type.String(), { description: 'The reasons, in English.' }),
  today: Type.Array(WhyNotReason, {
    description: 'Of a conversation that another agent has: what would stand against this one now.',
  }),
  todayExplanation: Type.Array(Type.String()),
});
export type WhyNot = Static<typeof WhyNot>;
