// What a field is compared with, typed or chosen from what there is.
import { Autocomplete, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ValueEditorProps } from 'react-querybuilder';
import type { Operator, Scalar } from '../../../src/contract/policy/rule-fields.ts';
import { readTyped, typeOfField, wantedOf } from './fit-value.ts';
import { useMark } from './marked-part.tsx';
import type { BuilderOperator } from './query.ts';
import type { Choice, KnownValues } from './use-known-values.ts';

interface FieldProps<Value> {
  value: Value;
  choices: readonly Choice[];
  /** Nothing else can stand there. */
  only: boolean;
  label: string;
  disabled: boolean;
  /** Marks the field where a fault is about it. */
  mark: ReturnType<typeof useMark>;
  onChange(value: Value): void;
}

export function ValueField(props: ValueEditorProps) {
  const { field, handleOnChange, disabled = false, context } = props;
  const operator = props.operator as BuilderOperator;
  const { t } = useTranslation();
  const mark = useMark('value');
  if (operator === 'exists' || operator === 'missing') return null;
  const { choices, only } = (context as { known: KnownValues }).known.of(field);
  const isWhole = operator === 'is' || operator === 'isNot' || operator === 'in';
  const shared = {
    ...{ label: t('rule.value'), disabled, mark, onChange: handleOnChange },
    ...(isWhole ? { choices, only } : { choices: [], only: false }),
  };
  const wanted = wantedOf(typeOfField(field), operator as Operator);
  if (operator === 'in')
    return <Several {...shared} value={props.value as Scalar[]} wanted={wanted} />;
  if (wanted === 'number') return <NumberField {...shared} value={props.value as number} />;
  if (wanted === 'flag') return <FlagField {...shared} value={props.value as boolean} />;
  return <TextField {...shared} value={props.value as Scalar} />;
}

function FlagField({ value, label, disabled, mark, onChange }: FieldProps<boolean>) {
  const { t } = useTranslation();
  return (
    <Select
      {...mark}
      aria-label={label}
      data={[
        { value: 'true', label: t('rule.yes') },
        { value: 'false', label: t('rule.no') },
      ]}
      value={String(value)}
      onChange={(chosen) => onChange(chosen === 'true')}
      disabled={disabled}
      w={110}
    />
  );
}

function NumberField({ value, label, disabled, mark, onChange }: FieldProps<number>) {
  return (
    <NumberInput
      {...mark}
      aria-label={label}
      value={value}
      onChange={(typed) => typeof typed === 'number' && onChange(typed)}
      disabled={disabled}
      w={130}
    />
  );
}

function TextField({ value, choices, only, label, disabled, mark, onChange }: FieldProps<Scalar>) {
  const text = String(value);
  if (only) {
    const isKnown = text === '' || choices.some((one) => one.value === text);
    return (
      <Select
        {...mark}
        aria-label={label}
        data={isKnown ? [...choices] : [...choices, { value: text, label: text }]}
        value={text === '' ? null : text}
        onChange={(chosen) => chosen !== null && onChange(chosen)}
        disabled={disabled}
        searchable
      />
    );
  }
  const type = (typed: string) => onChange(readTyped(typed, value));
  if (choices.length === 0) {
    return (
      <TextInput
        {...mark}
        aria-label={label}
        value={text}
        maxLength={400}
        onChange={(event) => type(event.currentTarget.value)}
        disabled={disabled}
      />
    );
  }
  return (
    <Autocomplete
      {...mark}
      aria-label={label}
      data={choices.map((one) => one.value)}
      renderOption={({ option }) => labelOf(choices, option.value)}
      value={text}
      maxLength={400}
      onChange={type}
      disabled={disabled}
    />
  );
}

const labelOf = (choices: readonly Choice[], value: string) =>
  choices.find((one) => one.value === value)?.label ?? value;

const MOST_VALUES = 100;

/** Values that stood there keep what they are: only new ones are read from what is typed. */
function Several(props: FieldProps<Scalar[]> & { wanted: string }) {
  const { value, choices, label, disabled, mark, onChange, wanted } = props;
  const { t } = useTranslation();
  const read = (typed: string): Scalar[] => {
    const kept = value.find((one) => String(one) === typed);
    if (kept !== undefined) return [kept];
    if (wanted !== 'number') return [typed];
    const number = Number(typed);
    return Number.isFinite(number) && typed.trim() !== '' ? [number] : [];
  };
  return (
    <TagsInput
      {...mark}
      aria-label={label}
      data={choices.map((one) => one.value)}
      renderOption={({ option }) => labelOf(choices, option.value)}
      placeholder={value.length === 0 ? t('rule.valuesHint') : ''}
      value={value.map(String)}
      onChange={(typed) => onChange(typed.flatMap(read))}
      maxTags={MOST_VALUES}
      disabled={disabled}
      acceptValueOnBlur
    />
  );
}
