// Many conversations at once: each is judged by itself, and each has its own outcome.
import { type Static, Type } from 'typebox';
import { Close, Priority, Requeue, Transfer } from './conversation.ts';
import { Id, Nullable, Text } from './shapes.ts';

/** Of one request. */
export const MAX_BULK = 100;
/** After that no further one is begun. */
export const BULK_SECONDS = 20;

const strict = { additionalProperties: false } as const;
const Tags = Type.Optional(Type.Array(Text(100, 1), { maxItems: 20, uniqueItems: true }));

export const BulkAction = Type.Union([
  Type.Object({ close: Close }, strict),
  Type.Object({ reopen: Type.Object({}, strict) }, strict),
  Type.Object({ transfer: Transfer }, strict),
  Type.Object({ requeue: Requeue }, strict),
  Type.Object({ priority: Priority }, strict),
  Type.Object({ tags: Type.Object({ add: Tags, remove: Tags }, strict) }, strict),
]);
export type BulkAction = Static<typeof BulkAction>;

export const BulkChange = Type.Object(
  {
    changes: Type.Array(
      Type.Object(
        {
          ids: Type.Array(Id, { minItems: 1, maxItems: MAX_BULK, uniqueItems: true }),
          action: BulkAction,
        },
        strict,
      ),
      {
        minItems: 1,
        maxItems: MAX_BULK,
        description: `Who gets what: at most ${MAX_BULK} conversations in all, each of them once.`,
      },
    ),
  },
  strict,
);
export type BulkChange = Static<typeof BulkChange>;

export const BulkOutcome = Type.Object({
  id: Id,
  result: Type.Enum(['done', 'refused', 'not-begun'], {
    description: `not-begun: the ${BULK_SECONDS} seconds of a request were over. Send these again.`,
  }),
  problem: Nullable(
    Type.Object(
      {
        code: Type.String({ description: 'Stable, as noun.reason.' }),
        detail: Type.String({ description: 'What is wrong and what to do.' }),
      },
      { description: 'Why it was refused; null unless it was.' },
    ),
  ),
});
export type BulkOutcome = Static<typeof BulkOutcome>;

export const BulkOutcomes = Type.Object({
  items: Type.Array(BulkOutcome, { description: 'In the order of the request.' }),
});
