// What is different from the scenario: how many come, who serves them, who is preferred.
import { Button, Group, NumberInput, Select, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Scenario } from '../../../src/contract/scenario.ts';
import { Card } from '../../ui/page.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { ChoosePolicy } from './choose-policy.tsx';
import { type AgentsChange, agentsOf, type Changes } from './scenario.ts';

const strategies = ['least-loaded', 'longest-idle', 'round-robin'] as const;
const KEEP = 'keep';
/** Of a group, and of what each of it holds. */
const MOST = 1000;

export function LabChanges(props: {
  scenario: Scenario;
  changes: Changes;
  /** What the draft of Routing can be tried on. */
  hasDraft: boolean;
  underWay: boolean;
  onChange(changes: Changes): void;
  onRun(): void;
  onStop(): void;
}) {
  const { t } = useTranslation();
  const { scenario, changes, onChange } = props;
  const nobody = agentsOf(scenario, changes).every(({ count }) => count === 0);
  return (
    <Card title={t('lab.changes')} note={t('lab.changesNote')}>
      <Stack gap="sm">
        <Group align="flex-end" gap="md">
          <NumberInput
            label={t('lab.volume')}
            w={180}
            {...{ min: -90, max: 900, step: 10, clampBehavior: 'strict', suffix: ' %' }}
            value={changes.volume}
            onChange={(value) => onChange({ ...changes, volume: Number(value) || 0 })}
          />
          {props.hasDraft && (
            <ChoosePolicy
              byDraft={changes.byDraft}
              onChange={(byDraft) => onChange({ ...changes, byDraft })}
            />
          )}
          <Select
            label={t('lab.strategy')}
            w={220}
            data={[
              { value: KEEP, label: t('lab.strategyKept') },
              ...strategies.map((value) => ({ value, label: t(`strategy.${value}`) })),
            ]}
            value={changes.strategy ?? KEEP}
            onChange={(value) =>
              onChange({
                ...changes,
                strategy: value === KEEP ? null : (value as Changes['strategy']),
              })
            }
          />
        </Group>
        <AgentsTable {...props} />
        <Group>
          <Button onClick={props.onRun} disabled={nobody || props.underWay}>
            {t('lab.run')}
          </Button>
          {props.underWay && (
            <Button variant="default" onClick={props.onStop}>
              {t('lab.stop')}
            </Button>
          )}
          {nobody && <span role="status">{t('lab.nobody')}</span>}
        </Group>
      </Stack>
    </Card>
  );
}

type Row = ReturnType<typeof agentsOf>[number];

function AgentsTable(props: {
  scenario: Scenario;
  changes: Changes;
  onChange(changes: Changes): void;
}) {
  const { t } = useTranslation();
  const { scenario, changes, onChange } = props;
  const set = ({ name, count, capacity }: Row, change: Partial<AgentsChange>) => {
    const agents = { ...changes.agents, [name]: { count, capacity, ...change } };
    onChange({ ...changes, agents });
  };
  const number = (of: keyof AgentsChange, head: string): Column<Row> => ({
    head,
    right: true,
    width: 150,
    cell: (row) => (
      <NumberInput
        aria-label={t('lab.of', { what: head, name: row.name })}
        {...{ size: 'xs', w: 110, min: 0, allowDecimal: false, ml: 'auto' }}
        max={row.isBot && of === 'count' ? 1 : MOST}
        clampBehavior="strict"
        value={row[of]}
        onChange={(value) => set(row, { [of]: Number(value) || 0 })}
      />
    ),
  });
  return (
    <Table
      label={t('lab.agents')}
      columns={[
        { head: t('lab.agents'), cell: ({ name }) => name },
        number('count', t('lab.count')),
        number('capacity', t('lab.capacity')),
      ]}
      rows={agentsOf(scenario, changes)}
      rowKey={({ name }) => name}
    />
  );
}
