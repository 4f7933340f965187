// Why a conversation is where it is, as codes and figures; each client words them.
import { type Static, Type } from 'typebox';
import { Strategy } from './policy/policy.ts';
import { DecisiveComparison } from './policy/rule.ts';
import { Nullable, Time } from './shapes.ts';
import { Silent } from './silence.ts';
import { AnyName } from './storable.ts';
import { criteria, criterionNameList } from './strategies.ts';
import { TargetKind } from './targets.ts';

const reason = <Code extends string, Fields extends Type.TProperties>(code: Code, fields: Fields) =>
  Type.Object({ code: Type.Literal(code), ...fields });

/** How many agents each obstacle removed, in the order in which they are asked. */
const Removed = Type.Record(AnyName, Type.Integer());
const standing = {
  agentId: Type.String(),
  agentName: Type.String(),
  loadShare: Type.Number({ description: 'Held before this one, over capacity.' }),
  idleSeconds: Type.Number(),
};

export const DecidedBy = Type.Enum(['only-candidate', 'bot', ...criteria, 'id']);

export const Reason = Type.Union(
  [
    reason('chosen', {
      ...standing,
      strategy: Strategy,
      prefer: Type.Optional(
        Type.Array(Type.Enum(criterionNameList), {
          description: 'The plan’s own order of preference, which went before the strategy.',
        }),
      ),
    }),
    reason('considered', {
      considered: Type.Integer(),
      eligible: Type.Integer(),
      removed: Removed,
    }),
    reason('runner-up', { ...standing, decidedBy: DecidedBy }),
    reason('no-runner-up', { decidedBy: DecidedBy }),
    reason('given', {
      agentName: Type.String(),
      by: Type.String({ description: 'agent:<id>, token:<name>, remote, router or system.' }),
      forced: Type.Boolean(),
    }),
    reason('sent-to-plan', {
      by: Type.String({ description: 'As in given.' }),
      plan: Type.String(),
    }),
    reason('balanced', {
      agentName: Type.String(),
      fromName: Type.String({ description: 'Who had it before.' }),
      fromBefore: Type.Number({ description: 'Their load share before all moves.' }),
      fromAfter: Type.Number(),
      toBefore: Type.Number({ description: 'The load share of whoever is given it.' }),
      toAfter: Type.Number(),
      by: Nullable(Type.String({ description: 'Who applied it; null: nobody yet.' })),
      undone: Type.Boolean({ description: 'It goes back: the re-balance was undone.' }),
    }),
    reason('taken-outside', { agentName: Type.String(), forced: Type.Boolean() }),
    reason('chosen-there', {
      agentName: Type.String(),
      department: Type.String({ description: 'Of the mirror whose own routing chose the agent.' }),
      forced: Type.Boolean(),
    }),
    reason('handed-over', {
      channelName: Type.String(),
      department: Type.String(),
      until: Nullable(
        Type.String({ format: 'date-time', description: 'Its routing decides alone until then.' }),
      ),
      alone: Type.Boolean({ description: 'false: our routing may decide as well by now.' }),
    }),
    reason('handover-trouble', {
      channelName: Type.String(),
      text: Type.String({ description: 'What stands against its room over there.' }),
    }),
    reason('unconfirmed', {}),
    reason('offered', {
      agentName: Type.String(),
      until: Type.String({ format: 'date-time', description: 'The agent accepts it until then.' }),
    }),
    reason('parked', {
      agentName: Type.String(),
      by: Type.String({ description: 'agent:<id> or token:<name>.' }),
      since: Time,
      until: Nullable(
        Type.String({ format: 'date-time', description: 'null: until the contact writes.' }),
      ),
    }),
    reason('closed', {
      agentName: Nullable(Type.String()),
      closeReason: Nullable(Type.String()),
    }),
    reason('ruled', {
      rule: Type.String(),
      plan: Type.String(),
      because: Type.Array(DecisiveComparison, {
        description: 'The comparisons that decided; none: the rule has no condition.',
      }),
    }),
    reason('step', {
      plan: Type.String(),
      step: Type.Integer({ description: 'From 1.' }),
      nextAt: Nullable(
        Type.String({ format: 'date-time', description: 'When it goes on; null: it does not.' }),
      ),
    }),
    reason('due', {
      target: TargetKind,
      dueAt: Time,
      standing: Type.Enum(['ahead', 'soon', 'overdue']),
      byDue: Type.Boolean({
        description: 'Its plan serves by what is due: this moment is its place in line.',
      }),
    }),
    reason('silent', {
      of: Silent,
      since: Time,
      noticedAt: Nullable(
        Type.String({
          format: 'date-time',
          description: 'When supervisors were told, or the contact was reminded.',
        }),
      ),
      dueAt: Nullable(
        Type.String({
          format: 'date-time',
          description: 'When it goes back to the queue, or ends; null: it does not.',
        }),
      ),
    }),
    reason('to-route', {}),
    reason('hours', {
      calendar: Type.String(),
      open: Type.Boolean(),
      changesAt: Nullable(
        Type.String({
          format: 'date-time',
          description: 'The closing if it is open, else the next opening; null: none is known.',
        }),
      ),
      otherwise: Type.String({
        description: 'What the plan does while it is closed: queue, message, close or plan:<name>.',
      }),
    }),
    reason('limit', {
      plan: Type.String(),
      limit: Type.Enum(['waiting', 'waitFor']),
      value: Type.Integer({ description: 'So many that wait, or seconds of waiting.' }),
      met: Type.Boolean({
        description:
          'waiting: the plan was full when this one had to wait; waitFor: the time is over.',
      }),
      at: Nullable(
        Type.String({ format: 'date-time', description: 'When the time of waitFor is over.' }),
      ),
      otherwise: Type.String({
        description: 'What follows: queue, message, close or plan:<name>.',
      }),
    }),
    reason('ending', {
      plan: Type.String(),
      endReason: Type.String({ description: 'closed-hours, queue-full or waited-too-long.' }),
    }),
    reason('waits', { seconds: Type.Integer(), position: Type.Integer() }),
    reason('waits-for', {
      agentId: Type.String(),
      agentName: Type.String(),
      until: Type.String({
        format: 'date-time',
        description: 'Only that agent may be given it until then, while they can be reached.',
      }),
    }),
    reason('held', {
      until: Nullable(Type.String({ format: 'date-time' })),
      holdReason: Type.String(),
    }),
    reason('next-pass', {}),
    reason('ends-one', {
      agentName: Type.String(),
      held: Type.Integer(),
      capacity: Type.Integer(),
    }),
    reason('ends-one-of', {
      agentName: Type.String(),
      channel: Type.String({ description: 'A kind of channel, or the name of one.' }),
      held: Type.Integer(),
      most: Type.Integer(),
    }),
    reason('wrap-up-ends', {
      agentName: Type.String(),
      at: Type.String({ format: 'date-time', description: 'At the latest.' }),
    }),
    reason('pace-ends', {
      agentName: Type.String(),
      at: Time,
      others: Type.Integer({ description: 'How many more were given one a moment ago.' }),
    }),
    reason('comes-online', {
      agentName: Type.String(),
      others: Type.Integer({ description: 'How many more would do as well.' }),
    }),
    reason('may-be-asked-again', {
      agentName: Type.String(),
      cause: Type.String({ description: 'What came of giving it to them, as a code.' }),
      until: Type.String({ format: 'date-time' }),
      others: Type.Integer({ description: 'How many more may be asked again some time.' }),
    }),
    reason('lacks-skills', {
      skills: Type.Array(Type.String(), {
        description: 'By name: what those lack who could take it else.',
      }),
    }),
    reason('nobody-could', {}),
  ],
  { description: 'One thing that explains it; told apart by its code.' },
);
export type Reason = Static<typeof Reason>;
