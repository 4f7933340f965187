// Who gets a conversation: the policy in force, and every one before it with who changed what.
import { Button, NumberInput, Select, SimpleGrid, Stack } from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { strategyNames } from '../../../src/contract/strategies.ts';
import { ask, client } from '../../api/client.ts';
import { policyQuery, settingsQuery } from '../../api/queries.ts';
import type { Policy, PolicyVersion } from '../../api/shapes.ts';
import { Loaded } from '../../components/answers/loaded.tsx';
import { ProblemNote } from '../../components/answers/problem-note.tsx';
import { useSave } from '../../components/answers/use-save.ts';
import { useNameActor } from '../../components/naming/use-name-actor.ts';
import { useCan } from '../../components/session/use-session.ts';
import { listChanges } from '../../components/settings/list-changes.ts';
import { UnsavedGuard } from '../../forms/unsaved-guard.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { Card, Page } from '../../ui/page.tsx';
import { Pill } from '../../ui/pill.tsx';
import { type Column, Table } from '../../ui/table.tsx';

const priorities = ['low', 'normal', 'high', 'urgent'] as const;

export default function RoutingPage() {
  const { t } = useTranslation();
  const query = useQuery(policyQuery);
  return (
    <Page title={t('settings.routing')} text={t('routing.text')} narrow>
      <Loaded query={query} height={360}>
        {(versions) => (
          <>
            {versions[0] && <PolicyForm key={versions[0].version} latest={versions[0]} />}
            <DefaultCapacity />
            <Card title={t('routing.versions')} flush>
              <Versions versions={versions} />
            </Card>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function PolicyForm({ latest }: { latest: PolicyVersion }) {
  const { t } = useTranslation();
  const can = useCan();
  const form = useForm<Policy>({ initialValues: { whenNobodyOnline: 'queue', ...latest.policy } });
  const save = useSave({
    send: (body: Policy) => ask(client.PUT('/api/v1/policy', { body })),
    touches: ['policy'],
    done: t('common.saved'),
    onDone: (_answer, sent) => form.resetDirty(sent),
    quiet: true,
  });
  const writes = can('policy.write');
  return (
    <Card
      title={t('routing.inForce')}
      actions={<Pill>{t('routing.version', { version: latest.version })}</Pill>}
    >
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <UnsavedGuard dirty={form.isDirty()} />
        <Stack gap="md">
          <ProblemNote error={save.error} />
          <Select
            label={t('routing.strategy')}
            description={t(`strategy.hint.${form.values.strategy}`)}
            data={strategyNames.map((value) => ({ value, label: t(`strategy.${value}`) }))}
            disabled={!writes}
            {...form.getInputProps('strategy')}
          />
          <BoostFields form={form} disabled={!writes} />
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <Select
              label={t('routing.leaves')}
              data={(['keep', 'requeue'] as const).map((value) => ({
                value,
                label: t(`routing.leaves.${value}`),
              }))}
              disabled={!writes}
              {...form.getInputProps('whenAgentLeaves')}
            />
            <NumberInput
              label={t('routing.grace')}
              suffix=" s"
              min={0}
              disabled={!writes}
              {...form.getInputProps('leaveGraceSeconds')}
            />
          </SimpleGrid>
          <Select
            label={t('routing.nobody')}
            description={t('routing.nobodyHint')}
            data={(['queue', 'abort'] as const).map((value) => ({
              value,
              label: t(`routing.nobody.${value}`),
            }))}
            disabled={!writes}
            {...form.getInputProps('whenNobodyOnline')}
          />
          {writes && (
            <Button
              type="submit"
              w="fit-content"
              disabled={!form.isDirty()}
              loading={save.isPending}
            >
              {t('routing.save')}
            </Button>
          )}
        </Stack>
      </form>
    </Card>
  );
}

function BoostFields(props: { form: UseFormReturnType<Policy>; disabled: boolean }) {
  const { form, disabled } = props;
  const { t } = useTranslation();
  return (
    <div>
      <div style={{ fontWeight: 500, fontSize: 13 }}>{t('routing.boost')}</div>
      <div style={{ color: 'var(--soft)', fontSize: 12, marginBottom: 6 }}>
        {t('routing.boostHint')}
      </div>
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
        {priorities.map((priority) => (
          <NumberInput
            key={priority}
            size="sm"
            label={t(`priority.${priority}`)}
            suffix=" s"
            step={60}
            disabled={disabled}
            {...form.getInputProps(`boostSeconds.${priority}`)}
          />
        ))}
      </SimpleGrid>
    </div>
  );
}

function DefaultCapacity() {
  const { t } = useTranslation();
  const can = useCan();
  const settings = useQuery(settingsQuery).data;
  if (settings === undefined) return null;
  return (
    <Card title={t('agent.capacity')}>
      <CapacityForm
        key={settings.defaultCapacity}
        value={settings.defaultCapacity}
        writes={can('settings.write')}
      />
    </Card>
  );
}

function CapacityForm({ value, writes }: { value: number; writes: boolean }) {
  const { t } = useTranslation();
  const form = useForm({ initialValues: { defaultCapacity: value } });
  const save = useSave({
    send: (body: typeof form.values) => ask(client.PATCH('/api/v1/settings', { body })),
    touches: ['settings', 'agents'],
    done: t('common.saved'),
    onDone: (_answer, sent) => form.resetDirty(sent),
  });
  return (
    <form
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      style={{ display: 'flex', gap: 12, alignItems: 'flex-end', flexWrap: 'wrap' }}
    >
      <UnsavedGuard dirty={form.isDirty()} />
      <NumberInput
        label={t('routing.defaultCapacity')}
        description={t('routing.defaultCapacityHint')}
        min={1}
        max={1000}
        w={320}
        disabled={!writes}
        {...form.getInputProps('defaultCapacity')}
      />
      {writes && (
        <Button type="submit" variant="default" disabled={!form.isDirty()} loading={save.isPending}>
          {t('common.save')}
        </Button>
      )}
    </form>
  );
}

function Versions({ versions }: { versions: PolicyVersion[] | undefined }) {
  const nameActor = useNameActor();
  const { t } = useTranslation();
  const format = useFormat();
  const columns: Column<PolicyVersion>[] = [
    { head: t('routing.no'), width: 60, cell: ({ version }) => version },
    { head: t('audit.at'), cell: ({ createdAt }) => format.full(createdAt) },
    {
      head: t('audit.actor'),
      cell: ({ createdBy }) => nameActor(createdBy),
    },
    {
      head: t('audit.change'),
      cell: ({ version, policy }) => {
        const before = versions?.find((one) => one.version === version - 1);
        const changes = before === undefined ? [] : listChanges(before.policy, policy);
        if (before === undefined) return t('routing.first');
        return changes.map(({ name, from, to }) => (
          <div key={name}>
            {name}: {from} → {to}
          </div>
        ));
      },
    },
  ];
  return (
    <Table
      label={t('routing.versions')}
      columns={columns}
      rows={versions}
      rowKey={({ version }) => String(version)}
    />
  );
}
