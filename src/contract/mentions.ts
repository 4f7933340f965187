// Notes that name an agent: who wants them to look, and where.
import { type Static, Type } from 'typebox';
import { DisplayName, Id, Nullable, Page, PageOf, Time } from './shapes.ts';

/** Named in one note. */
export const MAX_MENTIONED_AGENTS = 20;
export const MAX_MENTIONED_TEAMS = 5;
/** Who is told of one note, with the agents of the teams. */
export const MOST_MENTIONED = 200;

export const Mentioned = Type.Object(
  {
    agentIds: Type.Optional(Type.Array(Id, { maxItems: MAX_MENTIONED_AGENTS, uniqueItems: true })),
    teamIds: Type.Optional(
      Type.Array(Id, {
        maxItems: MAX_MENTIONED_TEAMS,
        uniqueItems: true,
        description: `Their agents of now; ${MOST_MENTIONED} agents in all.`,
      }),
    ),
  },
  {
    additionalProperties: false,
    description:
      'Whom the note is to be shown to: they find it among their mentions. Whoever may not see the conversation finds it there once they may; consult them to let them see it.',
  },
);
export type Mentioned = Static<typeof Mentioned>;

export const MentionQuery = Type.Object({
  ...Page.properties,
  unread: Type.Optional(Type.Boolean({ description: 'Only those that are not read yet.' })),
});

export const Mention = Type.Object({
  conversationId: Id,
  seq: Type.Integer({ description: 'The number of the note.' }),
  displayName: DisplayName,
  text: Type.String({ description: 'The first 300 characters of the note.' }),
  authorId: Nullable(Id),
  authorName: Nullable(Type.String()),
  at: Time,
  readAt: Nullable(Time),
});
export type Mention = Static<typeof Mention>;

export const Mentions = Type.Object({
  ...PageOf(Mention).properties,
  unread: Type.Integer({ description: 'At most 100.' }),
});

export const MentionsRead = Type.Object(
  { conversationId: Type.Optional(Id) },
  { additionalProperties: false, description: 'Absent: all of them.' },
);

export const Mentionable = Type.Object({
  items: Type.Array(
    Type.Object({
      agentId: Id,
      sees: Type.Boolean({ description: 'Whether they may see the conversation now.' }),
    }),
  ),
});
