// What the conditions of rules look at and how they compare it, as plain values: browsers read them too.
import { kindNames } from '../channel-kinds.ts';
import { priorities } from '../priorities.ts';
import { authorKinds, messageKinds } from '../said-by.ts';
import { weekdays } from './weekdays.ts';

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
/** Characters of a field's name, characters of a text that is compared with, and values of `in`. */
export const MAX_FIELD = 300;
export const MAX_VALUE = 400;
export const MAX_CHOICES = 100;

/** What a field holds, which says the operators that fit. `calendar`: the open ones. */
export type FieldType = 'text' | 'number' | 'flag' | 'texts' | 'calendar' | 'any';

export const operatorsOf = {
  text: ['is', 'isNot', 'in', 'contains', 'startsWith', 'exists'],
  number: ['is', 'isNot', 'in', 'moreThan', 'lessThan', 'exists'],
  flag: ['is', 'isNot', 'exists'],
  texts: ['is', 'isNot', 'in', 'contains', 'startsWith', 'exists'],
  // Each names its calendar, so only those calendars have to be looked at.
  calendar: ['is', 'isNot', 'in'],
  any: operators,
} as const satisfies Record<FieldType, readonly Operator[]>;

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
  'now.open': 'calendar',
  'now.weekday': 'text',
  'now.hour': 'number',
  'waiting.': 'number',
  'online.': 'number',
} as const satisfies Record<string, FieldType>;
export type RuleField = keyof typeof ruleFields;

/** What automations look at beside: the message that was written. After other events it is missing. */
export const messageFields = {
  'message.author': 'text',
  'message.kind': 'text',
} as const satisfies Record<string, FieldType>;
export type MessageField = keyof typeof messageFields;

export const conditionFields = { ...ruleFields, ...messageFields };
export type ConditionField = RuleField | MessageField;

/** Fields that hold one of these texts and nothing else. */
export const fixedValues: Partial<Record<ConditionField, readonly string[]>> = {
  channelKind: kindNames,
  'conversation.priority': priorities,
  'now.weekday': weekdays,
  'message.author': authorKinds,
  'message.kind': messageKinds,
};
