// Lists of conversations that are looked at again and again: a view of the inbox, its filters, its order, and a name.
import { type Static, Type } from 'typebox';
import { ConversationQuery } from './inbox.ts';
import { inboxViews } from './inbox-views.ts';
import { Id, Name, Nullable } from './shapes.ts';

/** Of one user, and beside these of one team. */
export const MAX_SAVED_VIEWS = 50;
/** More are counted as one more than this. */
export const MOST_COUNTED = 100;

const { q, tag, due, sort } = ConversationQuery.properties;

export const ViewFilters = Type.Object(
  {
    q,
    channelId: Type.Optional(Id),
    teamId: Type.Optional(Id),
    agentId: Type.Optional(Id),
    tag,
    due,
    sort,
  },
  { additionalProperties: false, description: 'Beside what the view itself asks for.' },
);
export type ViewFilters = Static<typeof ViewFilters>;

const fields = {
  name: Name,
  view: Type.Enum([...inboxViews], { description: 'The list of the inbox that is narrowed down.' }),
  filters: ViewFilters,
  teamId: Nullable(
    Type.String({
      format: 'uuid',
      description: 'Whose agents have it too, with supervisors. null: nobody but its owner.',
    }),
  ),
};

export const SavedView = Type.Object({
  id: Id,
  ...fields,
  own: Type.Boolean({ description: 'Whoever asks has made it.' }),
});
export type SavedView = Static<typeof SavedView>;

export const SavedViewCreation = Type.Object(
  { ...fields, filters: Type.Optional(ViewFilters), teamId: Type.Optional(fields.teamId) },
  { additionalProperties: false },
);
export const SavedViewUpdate = Type.Object(Type.Partial(Type.Object(fields)).properties, {
  additionalProperties: false,
  minProperties: 1,
});

export const ViewCount = Type.Object({
  count: Nullable(
    Type.Integer({
      description: `At most ${MOST_COUNTED + 1}, which stands for more than ${MOST_COUNTED}. null: words are searched, which is not counted.`,
    }),
  ),
});
