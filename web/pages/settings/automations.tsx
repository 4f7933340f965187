// Automations: what happens by itself, whether it is on, when it last ran and what it did.
import { Button, Switch } from '@mantine/core';
import { IconRobot } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { prepareRuleGroup, type RuleGroupType } from 'react-querybuilder';
import type { PolicyFault } from '../../../src/contract/policy/fault.ts';
import type { Condition } from '../../../src/contract/policy/rule-fields.ts';
import { automationsQuery } from '../../api/automation-queries.ts';
import { ask, client } from '../../api/client.ts';
import { policyInForceQuery } from '../../api/policy-queries.ts';
import type { Automation } from '../../api/shapes.ts';
import { useSave } from '../../components/answers/use-save.ts';
import { AutomationForm, type Draft } from '../../components/automations/automation-form.tsx';
import { RunLog } from '../../components/automations/run-log.tsx';
import { ConditionBuilder } from '../../components/rules/condition-builder.tsx';
import { divideFaults } from '../../components/rules/faults-of-rule.ts';
import { type QueryGroup, toCondition, toQuery } from '../../components/rules/query.ts';
import { useKnownValues } from '../../components/rules/use-known-values.ts';
import { useCan } from '../../components/session/use-session.ts';
import { menuColumn } from '../../components/settings/row-columns.tsx';
import { SettingsList } from '../../components/settings/settings-list.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import type { Column } from '../../ui/table.tsx';

const at = (id: string) => ({ params: { path: { id } } });

export default function AutomationsPage() {
  const { t } = useTranslation();
  const can = useCan();
  const query = useQuery(automationsQuery);
  const [edited, setEdited] = useState<{ id: string | null; draft: Draft } | null>(null);
  const [logged, setLogged] = useState<Automation | null>(null);
  const columns = useColumns({
    edit: (one) => setEdited({ id: one.id, draft: toDraft(one) }),
    log: setLogged,
  });
  const writes = can('automations.write');
  const begin = (draft: Draft) => setEdited({ id: null, draft });
  const isEmpty = query.data?.length === 0;
  const example = useExample();
  const label = t(isEmpty ? 'automations.example' : 'automations.add');
  return (
    <SettingsList
      title={t('settings.automations')}
      text={t('automations.text')}
      query={query}
      columns={columns}
      empty={{
        icon: <IconRobot size={20} />,
        title: t('automations.none'),
        text: t('automations.noneText'),
      }}
      add={writes ? { label, run: () => begin(isEmpty ? example : BLANK) } : null}
    >
      {edited !== null && (
        <AutomationForm
          id={edited.id}
          begun={edited.draft}
          conditions={(args) => <Conditions {...args} />}
          onClose={() => setEdited(null)}
        />
      )}
      {logged !== null && <RunLog automation={logged} onClose={() => setLogged(null)} />}
    </SettingsList>
  );
}

const BLANK: Draft = { name: '', on: ['conversation.opened'], when: null, actions: [] };

function useExample(): Draft {
  const { t } = useTranslation();
  const tag = t('automations.exampleTag');
  return {
    name: t('automations.exampleName'),
    on: ['conversation.opened'],
    when: { field: 'conversation.text', contains: tag },
    actions: [
      { do: 'add-tags', tags: [tag] },
      { do: 'set-priority', priority: 'high' },
    ],
  };
}

function toDraft({ name, on, when, actions }: Automation): Draft {
  return { name, on, when: when as Condition | null, actions: actions as Draft['actions'] };
}

function useColumns(args: {
  edit(one: Automation): void;
  log(one: Automation): void;
}): Column<Automation>[] {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const drop = useSave({
    send: (id: string) => ask(client.DELETE('/api/v1/automations/{id}', at(id))),
    touches: ['automations'],
  });
  const writes = can('automations.write');
  return [
    {
      head: t('automations.state'),
      width: 90,
      cell: (one) => <EnabledSwitch automation={one} disabled={!writes} />,
    },
    { head: t('form.name'), cell: (one) => <NameAndFaults automation={one} /> },
    {
      head: t('automations.lastRun'),
      cell: ({ lastRunAt }) => (lastRunAt === null ? '–' : format.full(lastRunAt)),
    },
    { head: t('automations.failures'), right: true, cell: ({ failures }) => failures },
    {
      head: '',
      right: true,
      cell: (one) => (
        <Button size="compact-sm" variant="default" onClick={() => args.log(one)}>
          {t('automations.log')}
        </Button>
      ),
    },
    ...(writes
      ? [
          menuColumn<Automation>((one) => ({
            name: one.name,
            actions: [
              { label: t('common.edit'), run: () => args.edit(one) },
              {
                label: t('common.remove'),
                confirm: t('automations.removeText', { name: one.name }),
                run: () => drop.mutate(one.id),
              },
            ],
          })),
        ]
      : []),
  ];
}

function NameAndFaults({ automation }: { automation: Automation }) {
  const { t } = useTranslation();
  const { name, disabledReason, faults } = automation;
  const notes = [
    ...(disabledReason === 'failing' ? [t('automations.failing')] : []),
    ...(faults.length > 0 ? [t('automations.faulty')] : []),
  ];
  return (
    <span style={{ overflowWrap: 'anywhere' }}>
      {name}
      {notes.map((note) => (
        <small key={note} style={{ display: 'block', color: 'var(--bad)' }}>
          {note}
        </small>
      ))}
    </span>
  );
}

function EnabledSwitch({ automation, disabled }: { automation: Automation; disabled: boolean }) {
  const { t } = useTranslation();
  const { id, name } = automation;
  const change = useSave({
    send: (enabled: boolean) =>
      ask(client.PATCH('/api/v1/automations/{id}', { ...at(id), body: { enabled } })),
    touches: ['automations'],
  });
  return (
    <Switch
      size="sm"
      aria-label={t('automations.switch', { name })}
      checked={automation.enabled}
      disabled={disabled || change.isPending}
      onChange={(event) => change.mutate(event.currentTarget.checked)}
    />
  );
}

/** The builder of the rules, on the condition of an automation. */
function Conditions(props: {
  when: Condition | null;
  onChange(when: Condition | null): void;
  faults: readonly PolicyFault[];
}) {
  const { onChange, faults } = props;
  const policy = useQuery(policyInForceQuery).data?.policy;
  const known = useKnownValues((policy ?? {}) as Parameters<typeof useKnownValues>[0]);
  const [query, setQuery] = useState(() => {
    const begun = prepareRuleGroup(toQuery(props.when ?? undefined) as unknown as RuleGroupType);
    return begun as unknown as QueryGroup;
  });
  const found = useMemo(
    () => divideFaults({ faults, warnings: [] }, { path: '', query }),
    [faults, query],
  );
  return (
    <ConditionBuilder
      query={query}
      known={known}
      found={found}
      onChange={(changed) => {
        setQuery(changed);
        onChange(toCondition(changed) ?? null);
      }}
    />
  );
}
