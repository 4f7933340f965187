// When a conversation looks so, it goes by this plan: the conditions of rules as data.
import { type Static, Type } from 'typebox';
import { Priority } from '../conversation.ts';
import { Text } from '../shapes.ts';
import { PolicyName } from './names.ts';
import { type Condition, operators, type Scalar } from './rule-fields.ts';

const ScalarShape = Type.Union([Type.String(), Type.Number(), Type.Boolean()]);
const Compared = Type.Union([ScalarShape, Type.Array(ScalarShape)]);

/** A comparison that decided that a rule matched, as it is kept with the conversation. */
export const DecisiveComparison = Type.Object({
  field: Type.String(),
  operator: Type.Enum(operators),
  value: Type.Unsafe<Scalar | Scalar[]>({
    ...Compared,
    description:
      'What it was compared with; of a long text the beginning; of several values the one that was found, or else the first ten.',
  }),
  holds: Type.Boolean({ description: 'false: it stands below a `not`.' }),
  found: Type.Optional(
    Type.Unsafe<Scalar | Scalar[]>({
      ...Compared,
      description:
        'What the field held: the first hundred characters, the first ten of a list. Absent: nothing, or an object.',
    }),
  ),
});
export type DecisiveComparison = Static<typeof DecisiveComparison>;

export const Rule = Type.Object(
  {
    name: PolicyName,
    when: Type.Optional(
      Type.Unsafe<Condition>(
        Type.Object(
          {},
          {
            additionalProperties: true,
            description:
              'A comparison as {"field": "source", "is": "wa"}, or a group: {"all": [..]}, {"any": [..]}, {"not": ..}. Absent: always.',
          },
        ),
      ),
    ),
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    then: Type.Object(
      {
        plan: PolicyName,
        priority: Type.Optional(Priority),
        addTags: Type.Optional(Type.Array(Text(100, 1), { maxItems: 20, uniqueItems: true })),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);
export type Rule = Static<typeof Rule>;
