// The conditions of a rule as a tree of fields: what the builder does, in our controls.
import { QueryBuilder, type RuleGroupType } from 'react-querybuilder';
import type { FaultsOfRule } from './faults-of-rule.ts';
import { FieldSelect } from './field-select.tsx';
import { fitQuery, operatorsFor } from './fit-value.ts';
import {
  AddGroupButton,
  AddRuleButton,
  CombinatorSelect,
  OperatorSelect,
  RemoveButton,
} from './group-head.tsx';
import { MarkedGroup, MarkedRule } from './marked-part.tsx';
import type { QueryGroup } from './query.ts';
import classes from './rules.module.css';
import type { KnownValues } from './use-known-values.ts';
import { ValueField } from './value-field.tsx';

const controls = {
  rule: MarkedRule,
  ruleGroup: MarkedGroup,
  combinatorSelector: CombinatorSelect,
  fieldSelector: FieldSelect,
  operatorSelector: OperatorSelect,
  valueEditor: ValueField,
  addRuleAction: AddRuleButton,
  addGroupAction: AddGroupButton,
  removeRuleAction: RemoveButton,
  removeGroupAction: RemoveButton,
};
const classNames = {
  queryBuilder: classes.builder ?? '',
  ruleGroup: classes.group ?? '',
  header: classes.groupHead ?? '',
  body: classes.groupBody ?? '',
  rule: classes.condition ?? '',
};
const combinators = ['all', 'any', 'none', 'notAll'].map((name) => ({ name, label: name }));
const FIRST_FIELD = 'channel';

export function ConditionBuilder(props: {
  query: QueryGroup;
  onChange(query: QueryGroup): void;
  known: KnownValues;
  found: FaultsOfRule;
}) {
  const { query, onChange, known, found } = props;
  return (
    <QueryBuilder
      query={query as unknown as RuleGroupType}
      onQueryChange={(changed) => onChange(fitQuery(changed as unknown as QueryGroup))}
      fields={[{ name: FIRST_FIELD, label: FIRST_FIELD }]}
      combinators={combinators}
      getOperators={(field) => operatorsFor(field).map((name) => ({ name, label: name }))}
      getDefaultValue={() => ''}
      controlElements={controls}
      controlClassnames={classNames}
      suppressStandardClassnames
      context={{ known, query, found }}
    />
  );
}
