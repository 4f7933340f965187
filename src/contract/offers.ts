// What an agent is asked to accept, with what they need to decide, and what they have let pass.
import { type Static, Type } from 'typebox';
import { kindNames } from './channel-kinds.ts';
import { Contact, Priority } from './conversation.ts';
import { Reason } from './reasons.ts';
import { Id, Nullable, Time } from './shapes.ts';
import { STORABLE } from './storable.ts';

/** For how long what an agent missed is told. */
export const MISSED_TOLD_SECONDS = 1800;

/** The ready reasons for declining: clients word them, each in the language of its reader. */
export const declineReasons = ['busy', 'not-my-subject', 'language', 'leaving', 'known'] as const;
export type DeclineReason = (typeof declineReasons)[number];

export const MAX_DECLINE_REASON = 200;

export const Decline = Type.Object(
  {
    reason: Type.Optional(
      Nullable(
        Type.String({
          minLength: 1,
          maxLength: MAX_DECLINE_REASON,
          pattern: STORABLE,
          description: `In own words, or one of the ready reasons, which each client words: ${declineReasons.join(', ')}.`,
        }),
      ),
    ),
  },
  { additionalProperties: false },
);

const asked = {
  assignmentId: Id,
  conversationId: Id,
  channelId: Id,
  channelKind: Type.Enum(kindNames),
  channelName: Type.String(),
  contact: Contact,
};

export const Offer = Type.Object({
  ...asked,
  priority: Priority,
  plan: Nullable(Type.String()),
  queuedAt: Time,
  offeredAt: Time,
  offeredUntil: Type.String({ format: 'date-time', description: 'Accepted before, or missed.' }),
  firstMessage: Nullable(
    Type.Object(
      {
        text: Type.String({ description: 'Its first 300 characters.' }),
        files: Type.Integer(),
      },
      { description: 'Of the contact; null: nothing has been said yet.' },
    ),
  ),
  reasons: Type.Array(Reason, { description: 'Why this agent is asked.' }),
  explanation: Type.Array(Type.String(), { description: 'The reasons, in English.' }),
});
export type Offer = Static<typeof Offer>;

export const MissedOffer = Type.Object({ ...asked, offeredAt: Time, missedAt: Time });
export type MissedOffer = Static<typeof MissedOffer>;

export const Offers = Type.Object({
  items: Type.Array(Offer, { description: 'What stands, the soonest over first; at most 50.' }),
  missed: Type.Array(MissedOffer, {
    description: 'What they did not answer in time in the last half hour, the latest first.',
  }),
});
export type Offers = Static<typeof Offers>;
