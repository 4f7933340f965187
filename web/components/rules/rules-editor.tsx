// The rules of a policy: read as sentences, written, ordered, copied and removed.
import { Button, TextInput } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyDocument } from '../../../src/contract/policy/document.ts';
import type { Rule } from '../../../src/contract/policy/rule.ts';
import { Card } from '../../ui/page.tsx';
import type { RowAction } from '../../ui/row-menu.tsx';
import { wordThen, wordWhen } from '../naming/word-rule.ts';
import { OnDemand, partOf } from '../on-demand/on-demand.tsx';
import { offerUndo } from '../verbs/offer-undo.tsx';
import { FirstRules } from './first-rules.tsx';
import type { Findings } from './rule-faults.tsx';
import type { RuleFormProps } from './rule-form.tsx';
import {
  copyRule,
  countMovable,
  freeName,
  insertRule,
  isLast,
  makeRule,
  moveRule,
  removeRule,
  replaceRule,
} from './rule-list.ts';
import { RuleRows } from './rule-rows.tsx';
import { useStart } from './use-start.ts';

const ruleForm = partOf<RuleFormProps>(async () => (await import('./rule-form.tsx')).RuleForm);
/** With more there is a field to look for one. */
const FEW = 12;

interface RulesEditorProps extends Findings {
  policy: PolicyDocument;
  onChange(policy: PolicyDocument): void;
  readOnly: boolean;
  /** The one that somebody was led to. */
  at: number | null;
}

export function RulesEditor(props: RulesEditorProps) {
  const { policy, onChange, readOnly } = props;
  const { t } = useTranslation();
  const { rules = [] } = policy;
  const start = useStart();
  const { form, openNew, openOld } = useRuleDialog({ policy, onChange, start });
  return (
    <Card
      title={t('routing.section.rules')}
      note={t('routing.rulesText')}
      flush
      actions={
        !readOnly &&
        rules.length > 0 && (
          <Button size="xs" leftSection={<IconPlus size={15} />} onClick={openNew}>
            {t('rule.new')}
          </Button>
        )
      }
    >
      {rules.length === 0 ? (
        <FirstRules
          readOnly={readOnly}
          onBegin={(point) => onChange(start.begin(policy, point))}
          onWrite={openNew}
        />
      ) : (
        <Rules {...props} rules={rules} onEdit={openOld} />
      )}
      {form !== null && <OnDemand part={ruleForm} {...form} />}
    </Card>
  );
}

/** The form of the rule that is being written; null: none is. */
function useRuleDialog(args: {
  policy: PolicyDocument;
  onChange(policy: PolicyDocument): void;
  start: ReturnType<typeof useStart>;
}) {
  const { policy, onChange, start } = args;
  const { t } = useTranslation();
  const [open, setOpen] = useState<Pick<RuleFormProps, 'policy' | 'rule' | 'place'> | null>(null);
  const openNew = () => {
    const begun = start.withLast(policy);
    const plan = begun.rules.at(-1)?.then.plan ?? '';
    const name = freeName(begun.rules, t('rule.newName'));
    setOpen({ policy: begun, rule: makeRule(name, { all: [] }, { plan }), place: null });
  };
  const openOld = (place: number) => {
    const rule = policy.rules?.[place];
    if (rule !== undefined) setOpen({ policy, rule, place });
  };
  if (open === null) return { form: null, openNew, openOld };
  const { rules = [] } = open.policy;
  const onDone = (rule: Rule) => {
    const { place } = open;
    const changed = place === null ? insertRule(rules, rule) : replaceRule(rules, place, rule);
    onChange({ ...open.policy, rules: changed });
    setOpen(null);
  };
  const last = open.place !== null && isLast(rules, open.place);
  return { form: { ...open, last, onDone, onClose: () => setOpen(null) }, openNew, openOld };
}

function Rules(props: RulesEditorProps & { rules: Rule[]; onEdit(place: number): void }) {
  const { rules, readOnly, faults, warnings, at, onEdit } = props;
  const { t, i18n } = useTranslation();
  const [typed, setTyped] = useState('');
  const { said, move, actionsOf } = useRuleVerbs(props);
  const wording = { t, language: i18n.language };
  const wanted = typed.trim().toLowerCase();
  const textOf = (rule: Rule) =>
    `${rule.name} ${wordWhen(rule, wording)} ${wordThen(rule, wording)}`;
  const shows = (rule: Rule) => wanted === '' || textOf(rule).toLowerCase().includes(wanted);
  return (
    <>
      {rules.length > FEW && (
        <TextInput
          m="sm"
          aria-label={t('rule.find')}
          placeholder={t('rule.find')}
          leftSection={<IconSearch size={15} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      <RuleRows
        {...{ rules, readOnly, faults, warnings, at, shows, onEdit, actionsOf }}
        filtered={wanted !== ''}
        onMove={move}
      />
      {!rules.some(shows) && <p style={{ padding: '0 16px' }}>{t('nav.nothingFound')}</p>}
      <div role="status" className="spoken">
        {said}
      </div>
    </>
  );
}

function useRuleVerbs({
  policy,
  onChange,
  rules,
  onEdit,
}: RulesEditorProps & { rules: Rule[]; onEdit(place: number): void }) {
  const { t } = useTranslation();
  const [said, setSaid] = useState('');
  // What is undone later is undone in the draft of then.
  const latest = useRef(policy);
  latest.current = policy;
  const set = (next: Rule[]) => onChange({ ...policy, rules: next });
  const move = (from: number, to: number) => {
    const name = rules[from]?.name ?? '';
    set(moveRule(rules, from, to));
    setSaid(t('rule.drag.dropped', { name, place: to + 1, count: rules.length }));
  };
  const remove = (place: number) => {
    const rule = rules[place];
    if (rule === undefined) return;
    set(removeRule(rules, place));
    const undo = () => {
      const { rules: now = [] } = latest.current;
      if (now.some(({ name }) => name === rule.name)) return;
      onChange({ ...latest.current, rules: insertRule(now, rule, place) });
    };
    offerUndo({ text: t('rule.removed', { name: rule.name }), label: t('common.undo'), undo });
  };
  const copy = (place: number) => {
    const name = t('rule.copyName', { name: rules[place]?.name ?? '' });
    set(copyRule(rules, place, name.slice(0, 100)));
  };
  const actionsOf = (place: number): RowAction[] => {
    const edit = { label: t('common.edit'), run: () => onEdit(place) };
    if (isLast(rules, place)) return [edit];
    const end = countMovable(rules) - 1;
    return [
      edit,
      { label: t('rule.copy'), run: () => copy(place) },
      ...(place > 0 ? [{ label: t('rule.up'), run: () => move(place, place - 1) }] : []),
      ...(place < end ? [{ label: t('rule.down'), run: () => move(place, place + 1) }] : []),
      ...(place > 1 ? [{ label: t('rule.top'), run: () => move(place, 0) }] : []),
      { label: t('common.remove'), run: () => remove(place) },
    ];
  };
  return { said, move, actionsOf };
}
