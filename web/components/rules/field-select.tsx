// Chooses what a condition looks at; of what has names below it also which one.
import { Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FieldSelectorProps } from 'react-querybuilder';
import {
  type ConditionField,
  messageFields,
  type RuleField,
  ruleFields,
} from '../../../src/contract/policy/rule-fields.ts';
import { splitField, wordField } from '../naming/word-rule.ts';
import { useMark } from './marked-part.tsx';
import classes from './rules.module.css';
import type { KnownValues } from './use-known-values.ts';

const all = Object.keys(ruleFields) as RuleField[];
const groups = [
  {
    name: 'channel',
    fields: all.filter((field) => /^(channel|source|externalChannel)/.test(field)),
  },
  { name: 'contact', fields: all.filter((field) => field.startsWith('contact.')) },
  { name: 'conversation', fields: all.filter((field) => field.startsWith('conversation.')) },
  { name: 'now', fields: all.filter((field) => field.startsWith('now.')) },
  { name: 'load', fields: ['waiting.', 'online.'] as RuleField[] },
] as const;
const ofMessages = [
  { name: 'message', fields: Object.keys(messageFields) as ConditionField[] },
] as const;

export function FieldSelect({
  value = '',
  handleOnChange,
  disabled = false,
  context,
}: FieldSelectorProps) {
  const { t, i18n } = useTranslation();
  const { known } = context as { known: KnownValues };
  const mark = useMark('field');
  const wording = { t, language: i18n.language };
  const found = splitField(value);
  const { field, rest } = found ?? { field: null, rest: '' };
  const ofMessage = known.ofMessages || (field !== null && field in messageFields);
  const choose = (chosen: string | null) => {
    if (chosen === null || chosen === field) return;
    handleOnChange(`${chosen}${firstBelow(chosen, known)}`);
  };
  return (
    <div className={classes.field}>
      <Select
        {...mark}
        aria-label={t('rule.field')}
        data={[...(ofMessage ? ofMessages : []), ...groups].map(({ name, fields }) => ({
          group: t(`rule.group.${name}`),
          items: fields.map((one) => ({ value: one, label: capital(wordField(one, wording)) })),
        }))}
        value={field}
        onChange={choose}
        disabled={disabled}
        searchable
        nothingFoundMessage={t('nav.nothingFound')}
        comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
        {...(found === null && { placeholder: value })}
      />
      {field?.endsWith('.') && (
        <Below
          field={field}
          rest={rest}
          known={known}
          disabled={disabled}
          onChange={(below) => handleOnChange(`${field}${below}`)}
        />
      )}
    </div>
  );
}

function firstBelow(field: string, known: KnownValues): string {
  if (field === 'waiting.') return known.plans[0] ?? '';
  return field === 'online.' ? (known.teams[0] ?? '') : '';
}

function Below(props: {
  field: ConditionField;
  rest: string;
  known: KnownValues;
  disabled: boolean;
  onChange(below: string): void;
}) {
  const { field, rest, known, disabled, onChange } = props;
  const { t } = useTranslation();
  const mark = useMark('field');
  if (field === 'waiting.' || field === 'online.') {
    const names = field === 'waiting.' ? known.plans : known.teams;
    const data = names.includes(rest) || rest === '' ? names : [...names, rest];
    return (
      <Select
        {...mark}
        aria-label={t(field === 'waiting.' ? 'rule.whichPlan' : 'rule.whichTeam')}
        data={data}
        value={rest === '' ? null : rest}
        onChange={(name) => name !== null && onChange(name)}
        disabled={disabled}
        searchable
      />
    );
  }
  return (
    <TextInput
      {...mark}
      aria-label={t('rule.path')}
      placeholder={t('rule.pathExample')}
      value={rest}
      maxLength={250}
      onChange={(event) => onChange(event.currentTarget.value)}
      disabled={disabled}
      autoCapitalize="none"
      spellCheck={false}
    />
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
