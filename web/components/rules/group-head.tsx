// How the conditions of a group are joined, and the buttons that add and remove conditions.
import { ActionIcon, Button, Select } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type {
  ActionProps,
  CombinatorSelectorProps,
  OperatorSelectorProps,
} from 'react-querybuilder';
import { MAX_DEPTH } from '../../../src/contract/policy/rule-fields.ts';
import { typeOfField } from './fit-value.ts';
import { type BuilderOperator, combinators, depthOf, isGroup, type QueryGroup } from './query.ts';

export function CombinatorSelect({
  value = 'all',
  handleOnChange,
  disabled = false,
}: CombinatorSelectorProps) {
  const { t } = useTranslation();
  return (
    <Select
      aria-label={t('rule.joined')}
      data={combinators.map((one) => ({ value: one, label: t(`rule.joined.${one}`) }))}
      value={value}
      onChange={(chosen) => chosen !== null && handleOnChange(chosen)}
      disabled={disabled}
      w={240}
    />
  );
}

export function OperatorSelect(props: OperatorSelectorProps) {
  const { value = '', options, handleOnChange, disabled = false, field } = props;
  const { t } = useTranslation();
  const names = (options as { name: string }[]).map(({ name }) => name as BuilderOperator);
  const type = typeOfField(field);
  const word = (one: BuilderOperator) => {
    if (type === 'calendar') return t(`rule.operator.calendar.${one as 'is' | 'isNot' | 'in'}`);
    return t(`rule.operator.${one}`);
  };
  return (
    <Select
      aria-label={t('rule.operator')}
      data={names.map((one) => ({ value: one, label: word(one) }))}
      value={value}
      onChange={(chosen) => chosen !== null && handleOnChange(chosen)}
      disabled={disabled}
      w={170}
    />
  );
}

export function AddRuleButton({ handleOnClick, disabled = false }: ActionProps) {
  const { t } = useTranslation();
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconPlus size={14} />}
      onClick={(event) => handleOnClick(event)}
      disabled={disabled}
    >
      {t('rule.addCondition')}
    </Button>
  );
}

export function AddGroupButton({ handleOnClick, disabled = false, path, context }: ActionProps) {
  const { t } = useTranslation();
  const { query } = context as { query: QueryGroup };
  if (levelsAt(query, path) >= MAX_DEPTH) return null;
  return (
    <Button
      size="xs"
      variant="subtle"
      onClick={(event) => handleOnClick(event)}
      disabled={disabled}
    >
      {t('rule.addGroup')}
    </Button>
  );
}

/** How deep a new group there would stand in the document, but for itself. */
function levelsAt(query: QueryGroup, path: readonly number[]): number {
  // With another part beside it nothing stands alone any more.
  const own = path.length === 0 && query.alone === true ? 1 : depthOf(query);
  const [place, ...rest] = path;
  const inner = place === undefined ? undefined : query.rules[place];
  return own + (inner !== undefined && isGroup(inner) ? levelsAt(inner, rest) : 0);
}

export function RemoveButton({ handleOnClick, disabled = false, ruleOrGroup }: ActionProps) {
  const { t } = useTranslation();
  return (
    <ActionIcon
      aria-label={t('rules' in ruleOrGroup ? 'rule.removeGroup' : 'rule.removeCondition')}
      onClick={(event) => handleOnClick(event)}
      disabled={disabled}
    >
      <IconX size={16} />
    </ActionIcon>
  );
}
