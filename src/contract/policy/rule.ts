// When a conversation looks so, it goes by this plan: the conditions of rules as data.
import { type Static, Type } from 'typebox';
import { Priority } from '../conversation.ts';
import { Text } from '../shapes.ts';
import { PolicyName } from './names.ts';

export type Scalar = string | number | boolean;

/** One comparison: a field and exactly one operator. A field that is missing makes it false. */
export type Comparison = { field: string } & (
  | { is: Scalar }
  | { isNot: Scalar }
  | { in: Scalar[] }
  | { contains: string }
  | { startsWith: string }
  | { moreThan: number }
  | { lessThan: number }
  | { exists: boolean }
);

export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | Comparison;

export const operators = [
  'is',
  'isNot',
  'in',
  'contains',
  'startsWith',
  'moreThan',
  'lessThan',
  'exists',
] as const;
export type Operator = (typeof operators)[number];

/** How deep groups may stand within one another, and how many comparisons one rule may have. */
export const MAX_DEPTH = 5;
export const MAX_COMPARISONS = 100;

/** What a field holds, which says the operators that fit. */
export type FieldType = 'text' | 'number' | 'flag' | 'texts' | 'any';

/**
 * The fields that rules look at. A name that ends in a dot is followed by a path into the JSON that
 * came along, or by the name of a plan or team.
 */
export const ruleFields = {
  channel: 'text',
  channelKind: 'text',
  source: 'text',
  externalChannel: 'text',
  'contact.name': 'text',
  'contact.emailDomain': 'text',
  'contact.phone': 'text',
  'contact.language': 'text',
  'contact.attributes.': 'any',
  'contact.tags': 'texts',
  'contact.proved': 'flag',
  'contact.conversations': 'number',
  'contact.lastRating': 'number',
  'contact.agent': 'text',
  'conversation.department': 'text',
  'conversation.priority': 'text',
  'conversation.tags': 'texts',
  'conversation.meta.': 'any',
  'conversation.text': 'text',
  'conversation.page': 'text',
  'conversation.referrer': 'text',
  'conversation.files': 'number',
  'now.open': 'texts',
  'now.weekday': 'text',
  'now.hour': 'number',
  'waiting.': 'number',
  'online.': 'number',
} as const satisfies Record<string, FieldType>;
export type RuleField = keyof typeof ruleFields;

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
              'A comparison as {"field": "channelKind", "is": "webchat"}, or a group: {"all": [..]}, {"any": [..]}, {"not": ..}. Absent: always.',
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
