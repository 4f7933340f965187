// Automations: what happens by itself, whether it is on, when it last ran and what it did.
import { Button } from '@mantine/core';
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
import {
  EnabledSwitch,
  MoveButtons,
  NameAndFaults,
} from '../../components/automations/automation-cells.tsx';
import { AutomationForm, type Draft } from '../../components/automations/automation-form.tsx';
import { RunLog } from '../../components/automations/run-log.tsx';
import { useAutomationOrder } from '../../components/automations/use-automation-order.ts';
import { ConditionBuilder } from '../../components/rules/condition-builder.tsx';
import { divideFaults } from '../../components/rules/faults-of-rule.ts';
import { type QueryGroup, toCondition, toQuery } from '../../components/rules/query.ts';
import { useKnownValues } from '../../components/rules/use-known-values.ts';
import { useCan } from '../../components/session/use-session.ts';
import { menuColumn } from '../../components/settings/row-columns.tsx';
import { SettingsList } from '../../components/settings/settings-list.tsx';
import { offerUndo } from '../../components/verbs/offer-undo.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import type { Column } from '../../ui/table.tsx';

const at = (id: string) => ({ params: { path: { id } } });

export default function AutomationsPage() {
  const { t } = useTranslation();
  const can = useCan();
  const query = useQuery(automationsQuery);
  const [edited, setEdited] = useState<{ id: string | null; draft: Draft } | null>(null);
  const [logged, setLogged] = useState<Automation | null>(null);
  const all = query.data ?? [];
  const order = useAutomationOrder(all);
  const columns = useColumns({
    all,
    order,
    edit: (one) => setEdited({ id: one.id, draft: toDraft(one) }),
    log: setLogged,
  });
  const writes = can('automations.write');
  const begin = (draft: Draft) => setEdited({ id: null, draft });
  const example = useExample();
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
        start: { label: t('automations.example'), run: () => begin(example) },
      }}
      add={writes ? { label: t('automations.add'), run: () => begin(BLANK) } : null}
    >
      <span className="spoken" role="status">
        {order.said}
      </span>
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
  all: readonly Automation[];
  order: ReturnType<typeof useAutomationOrder>;
  edit(one: Automation): void;
  log(one: Automation): void;
}): Column<Automation>[] {
  const { all, order } = args;
  const { t } = useTranslation();
  const writes = useCan()('automations.write');
  const format = useFormat();
  const remove = useRemoval();
  return [
    { head: t('form.name'), cell: (one) => <NameAndFaults automation={one} /> },
    {
      head: t('automations.state'),
      width: 90,
      cell: (one) => <EnabledSwitch automation={one} disabled={!writes} />,
    },
    {
      head: t('automations.lastRun'),
      cell: ({ lastRunAt }) => (lastRunAt === null ? '–' : format.full(lastRunAt)),
    },
    { head: t('automations.failures'), right: true, cell: ({ failures }) => failures },
    {
      head: '',
      right: true,
      cell: (one) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('automations.logOf', { name: one.name })}
          onClick={() => args.log(one)}
        >
          {t('automations.log')}
        </Button>
      ),
    },
    ...(writes && all.length > 1 ? [orderColumn(t('automations.order'), all, order)] : []),
    ...(writes
      ? [
          menuColumn<Automation>((one) => ({
            name: one.name,
            actions: [
              { label: t('common.edit'), run: () => args.edit(one) },
              {
                label: t('common.remove'),
                confirm: t('automations.removeText', { name: one.name }),
                run: () => remove(one),
              },
            ],
          })),
        ]
      : []),
  ];
}

function orderColumn(
  head: string,
  all: readonly Automation[],
  order: ReturnType<typeof useAutomationOrder>,
): Column<Automation> {
  return {
    head,
    cell: (one) => (
      <MoveButtons
        name={one.name}
        place={order.placeOf(one)}
        count={all.length}
        move={(place) => order.move(one, place)}
      />
    ),
  };
}

/** It can be had back, without its log. */
function useRemoval(): (one: Automation) => void {
  const { t } = useTranslation();
  const restore = useSave({
    send: ({ name, enabled, position, on, when, actions }: Automation) => {
      const body = { name, enabled, position, on, when, actions };
      return ask(client.POST('/api/v1/automations', { body }));
    },
    touches: ['automations'],
  });
  const drop = useSave({
    send: ({ id }: Automation) => ask(client.DELETE('/api/v1/automations/{id}', at(id))),
    touches: ['automations'],
    onDone: (_, one) =>
      offerUndo({
        text: t('automations.removed', { name: one.name }),
        label: t('common.undo'),
        undo: () => restore.mutate(one),
      }),
  });
  return (one) => drop.mutate(one);
}

/** The builder of the rules, on the condition of an automation. */
function Conditions(props: {
  on: Draft['on'];
  when: Condition | null;
  onChange(when: Condition | null): void;
  faults: readonly PolicyFault[];
}) {
  const { on, onChange, faults } = props;
  const policy = useQuery(policyInForceQuery).data?.policy;
  const ofMessages = on.includes('message.created');
  const known = useKnownValues((policy ?? {}) as Parameters<typeof useKnownValues>[0], {
    ofMessages,
  });
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
