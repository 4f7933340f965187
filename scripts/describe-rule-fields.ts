// The tables of fields and operators of rules, for docs/guides/routing-rules.md.
import {
  type FieldType,
  fixedValues,
  type Operator,
  operators,
  operatorsOf,
  type RuleField,
  ruleFields,
} from '../src/contract/policy/rule-fields.ts';

const meanings: Record<RuleField, string> = {
  channel: 'the channel, by its name or id',
  channelKind: 'its kind',
  source: 'where the outside system has it from, as `wa` or `fb`',
  externalChannel: 'the id of the channel in the outside system',
  'contact.name': 'the name',
  'contact.emailDomain': 'what follows the @ of the e-mail address',
  'contact.phone': 'the phone number',
  'contact.language': 'the language, as `pt-BR`',
  'contact.attributes.': 'an attribute, by its path',
  'contact.tags': 'the tags',
  'contact.proved': 'whether the company vouches for who it is',
  'contact.conversations': 'how many conversations there were before this one',
  'contact.lastRating': 'the last rating that the contact gave',
  'contact.agent':
    'the agent to whom the contact belongs, else who had the contact last, by name or id',
  'conversation.department': 'the department asked for, by name or id',
  'conversation.priority': 'the priority',
  'conversation.tags': 'the tags',
  'conversation.meta.': 'what came along, by its path',
  'conversation.text': 'the first message',
  'conversation.page': 'the address of the page with the chat',
  'conversation.referrer': 'the address from which the visitor came to that page',
  'conversation.files': 'how many files came with the first message',
  'now.open': 'the calendars that are open',
  'now.weekday': 'the weekday',
  'now.hour': 'the hour, 0 to 23',
  'waiting.':
    'how many wait in that plan; counted to a thousand, or just beyond the largest number that a rule compares it with',
  'online.': 'how many agents of that team are online',
};

const types: Record<FieldType, string> = {
  text: 'a text',
  number: 'a number',
  flag: '`true` or `false`',
  texts: 'a list of texts',
  calendar: 'names of calendars',
  any: 'whatever came along',
};

const rest: Partial<Record<RuleField, string>> = { 'waiting.': '<plan>', 'online.': '<team>' };

const means: Record<Operator, string> = {
  is: 'is equal; upper and lower case are the same',
  isNot: 'is there, and is not equal',
  in: 'is equal to one of a list of 1 to 100 values',
  contains: 'has the text in it; of a list: has it as a whole item',
  startsWith: 'begins with the text',
  moreThan: 'is a larger number',
  lessThan: 'is a smaller number',
  exists:
    '`true`: there is something, not null, not an empty text and not an empty list; `false`: there is not',
};

/** Puts the tables between the markers of the text. */
export function describeRuleFields(page: string): string {
  const fields = (Object.keys(ruleFields) as RuleField[]).map((field) => {
    const fixed = fixedValues[field];
    const name = field.endsWith('.') ? `${field}${rest[field] ?? '<path>'}` : field;
    const values = fixed === undefined ? '' : `: ${fixed.map((one) => `\`${one}\``).join(', ')}`;
    return `| \`${name}\` | ${meanings[field]}${values} | ${types[ruleFields[field]]} |`;
  });
  const how = operators.map((operator) => {
    const kinds = (Object.keys(operatorsOf) as FieldType[]).filter((type) => {
      return (operatorsOf[type] as readonly Operator[]).includes(operator);
    });
    return `| \`${operator}\` | ${means[operator]} | ${kinds.map((type) => types[type]).join(', ')} |`;
  });
  return fill(
    fill(page, 'fields', ['| field | what it is | holds |', '|---|---|---|', ...fields]),
    'operators',
    ['| operator | holds if the field | fits |', '|---|---|---|', ...how],
  );
}

function fill(page: string, name: string, lines: readonly string[]): string {
  const [head, tail] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [start, end] = [page.indexOf(head), page.indexOf(tail)];
  if (start === -1 || end === -1) throw new Error(`The page has no ${head} with its ${tail}.`);
  return `${page.slice(0, start)}${head}\n${lines.join('\n')}\n${page.slice(end)}`;
}
