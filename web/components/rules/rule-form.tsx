// One rule: its name, when it holds, and what it does. Changes go into the draft at once when the form is left by its button.
import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { prepareRuleGroup, type RuleGroupType } from 'react-querybuilder';
import type { PolicyDocument } from '../../../src/contract/policy/document.ts';
import type { Rule } from '../../../src/contract/policy/rule.ts';
import { priorities } from '../../../src/contract/priorities.ts';
import { policyCheckQuery } from '../../api/policy-queries.ts';
import { tagsQuery } from '../../api/queries.ts';
import { TagField } from '../../forms/tag-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { submitByKeys } from '../../ui/submit-by-keys.ts';
import ui from '../../ui/ui.module.css';
import { useWordFaults } from '../naming/use-word-faults.ts';
import { wordWhen } from '../naming/word-rule.ts';
import { ConditionBuilder } from './condition-builder.tsx';
import { divideFaults, type FaultsOfRule, noFaults } from './faults-of-rule.ts';
import { type QueryGroup, toCondition, toQuery } from './query.ts';
import { FaultLines } from './rule-faults.tsx';
import { insertRule, makeRule, type RuleThen, replaceRule } from './rule-list.ts';
import classes from './rules.module.css';
import { useKnownValues } from './use-known-values.ts';

export interface RuleFormProps {
  policy: PolicyDocument;
  rule: Rule;
  /** null: it is new. */
  place: number | null;
  /** It stands for everybody else, and has no condition. */
  last: boolean;
  onDone(rule: Rule): void;
  onClose(): void;
}

export function RuleForm(props: RuleFormProps) {
  const { policy, place, last, onDone, onClose } = props;
  const { t } = useTranslation();
  const form = useRuleForm(props);
  const known = useKnownValues(policy);
  const found = useFound({ policy, place, rule: form.rule, query: form.query });
  return (
    <Dialog
      opened
      onClose={onClose}
      closeOnClickOutside={!form.dirty}
      closeOnEscape={!form.dirty}
      title={t(place === null ? 'rule.new' : 'rule.edit')}
      size={860}
    >
      <form
        onKeyDown={submitByKeys}
        onSubmit={(event) => {
          event.preventDefault();
          onDone(form.rule);
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('form.name')}
            description={t('rule.nameHint')}
            data-autofocus
            required
            maxLength={100}
            value={form.name}
            error={found.name}
            onChange={(event) => form.setName(event.currentTarget.value)}
          />
          {last ? (
            <Text size="sm" c="dimmed">
              {t('rule.lastHint')}
            </Text>
          ) : (
            <div role="group" aria-label={t('rule.conditions')}>
              <Text size="sm" fw={500} mb={6}>
                {t('rule.conditions')}
              </Text>
              <ConditionBuilder
                query={form.query}
                onChange={form.setQuery}
                known={known}
                found={found}
              />
              <Reading rule={form.rule} />
            </div>
          )}
          <ThenFields form={form} plans={known.plans} found={found} />
          <FaultLines {...found.rest} />
          <Group justify="flex-end" className={ui.dialogFoot ?? ''}>
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" disabled={form.name.trim() === ''}>
              {t('rule.done')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function useRuleForm({ rule, last }: RuleFormProps) {
  const [name, setName] = useState(rule.name);
  const [query, setQuery] = useState(() => {
    const begun = prepareRuleGroup(toQuery(rule.when) as unknown as RuleGroupType);
    return begun as unknown as QueryGroup;
  });
  const [then, setThen] = useState<RuleThen>(() => ({ ...rule.then }) as RuleThen);
  // A rule whose conditions are all removed would stand for everybody: it asks for one instead.
  const made = useMemo(() => {
    const when = last ? undefined : (toCondition(query) ?? { all: [] });
    return makeRule(name.trim(), when, then);
  }, [name, last, query, then]);
  const [first] = useState(() => JSON.stringify(made));
  const dirty = JSON.stringify(made) !== first;
  return { name, setName, query, setQuery, then, setThen, rule: made, dirty };
}

function ThenFields(props: {
  form: ReturnType<typeof useRuleForm>;
  plans: string[];
  found: FaultsOfRule;
}) {
  const { form, plans, found } = props;
  const { t } = useTranslation();
  const { then, setThen } = form;
  const tags = useQuery(tagsQuery).data ?? [];
  const { plan, priority, addTags = [] } = then;
  const set = (next: RuleThen) => setThen(leaveOutEmpty(next));
  return (
    <Group align="flex-start" gap="sm">
      <Select
        label={t('rule.thenPlan')}
        data={plans.includes(plan) || plan === '' ? plans : [...plans, plan]}
        value={plan === '' ? null : plan}
        onChange={(chosen) => chosen !== null && set({ ...then, plan: chosen })}
        error={found.plan}
        required
        searchable
        style={{ flex: '1 1 200px' }}
      />
      <Select
        label={t('priority.title')}
        placeholder={t('rule.keepPriority')}
        data={priorities.map((value) => ({ value, label: t(`priority.${value}`) }))}
        value={priority ?? null}
        onChange={(chosen) => set({ ...then, priority: chosen ?? undefined } as RuleThen)}
        clearable
        clearButtonProps={{ 'aria-label': t('common.clear') }}
        style={{ flex: '1 1 160px' }}
      />
      <TagField
        label={t('rule.addTags')}
        known={tags.map(({ name }) => name)}
        value={addTags}
        maxTags={20}
        error={found.tags}
        onChange={(names) => set({ ...then, addTags: names })}
        style={{ flex: '1 1 200px' }}
      />
    </Group>
  );
}

function leaveOutEmpty({ plan, priority, addTags = [] }: RuleThen): RuleThen {
  return {
    plan,
    ...(priority !== undefined && { priority }),
    ...(addTags.length > 0 && { addTags }),
  };
}

/** What was chosen, as a sentence. */
function Reading({ rule }: { rule: Rule }) {
  const { t, i18n } = useTranslation();
  return (
    <p className={classes.reads} aria-live="polite" style={{ marginTop: 8 }}>
      {wordWhen(rule, { t, language: i18n.language })}
    </p>
  );
}

const REST_MS = 500;

interface Asked {
  policy: PolicyDocument;
  place: number | null;
  rule: Rule;
  query: QueryGroup;
}

/** What the server would say of this rule among the others, a moment after the last change. */
function useFound({ policy, place, rule, query }: Asked): FaultsOfRule {
  const asked = useMemo(
    () => ({ candidate: putIn(policy, rule, place), name: rule.name, query }),
    [policy, place, rule, query],
  );
  const [rested] = useDebouncedValue(asked, REST_MS);
  const { data } = useQuery(policyCheckQuery(rested.candidate));
  const found = useWordFaults(data);
  const at = rested.candidate.rules?.findIndex(({ name }) => name === rested.name) ?? -1;
  return at < 0 ? noFaults : divideFaults(found, { path: `/rules/${at}`, query: rested.query });
}

function putIn(policy: PolicyDocument, rule: Rule, place: number | null): PolicyDocument {
  const { rules = [] } = policy;
  const changed = place === null ? insertRule(rules, rule) : replaceRule(rules, place, rule);
  return { ...policy, rules: changed };
}
