// What the shapes of the API are made of: ids, times, texts, pages of a list, and what a refusal looks like.
import { Type } from 'typebox';
import { AnyName, STORABLE } from './storable.ts';

export const Id = Type.String({ format: 'uuid' });
export const Time = Type.String({ format: 'date-time' });
export const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const Text = (maxLength: number, minLength = 0) =>
  Type.String({ minLength, maxLength, pattern: STORABLE });

/** Plausible: something on both sides of one @. */
export const EMAIL = '^[^\\s@\\p{Cc}\\p{Cs}]+@[^\\s@\\p{Cc}\\p{Cs}]+$';

/** Values under names that whoever sends them chooses. A record alone looks at no name. */
export const Named = <T extends Type.TSchema>(
  longest: number,
  value: T,
  options: Type.TObjectOptions,
) => Type.Record(AnyName, value, { ...options, propertyNames: Text(longest, 1) });

/** Storable, with something in it that can be seen (`isUnseen`). */
export const SEEN =
  '^[^\\u0000\\ud800-\\udfff]*[^\\s\\u0000\\ud800-\\udfff\\p{Default_Ignorable_Code_Point}\\p{Cc}\\p{Cf}\\u2800][^\\u0000\\ud800-\\udfff]*$';

export const Name = Type.String({ minLength: 1, maxLength: 255, pattern: SEEN });

/** Of a contact. */
export const DisplayName = Type.String({
  description:
    'What the contact is called everywhere, without characters that change the direction of reading: the name, else the e-mail address or phone number, else one that the server makes of the id, always the same, else the id.',
});

/** RFC 9457. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: 'about:blank' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: 'What is wrong and what to do.' }),
    code: Type.String({ description: 'Stable, as noun.reason.' }),
    requestId: Type.String(),
  },
  { $id: 'Problem' },
);

export const IdParams = Type.Object({ id: Id });

export const Page = Type.Object({
  cursor: Type.Optional(
    Type.String({ description: 'What the previous page gave as nextCursor.', maxLength: 200 }),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
});

export const PageOf = <T extends Type.TSchema>(item: T) =>
  Type.Object({ items: Type.Array(item), nextCursor: Nullable(Type.String()) });

/** Of a channel, whatever its kind. */
export const AppCode = Type.String({
  maxLength: 100,
  pattern: STORABLE,
  description: 'What Gitple events call the app. Empty: the channel’s id, or the app id of Qiscus.',
});
