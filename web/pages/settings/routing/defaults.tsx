// What holds where no plan says otherwise: who is preferred, what priorities are worth, and what follows when somebody leaves.
import { Button, NumberInput, Select, SimpleGrid, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { strategyNames } from '../../../../src/contract/strategies.ts';
import { ask, client } from '../../../api/client.ts';
import { settingsQuery } from '../../../api/queries.ts';
import type { Settings } from '../../../api/shapes.ts';
import { useSave } from '../../../components/answers/use-save.ts';
import { nameLanguage } from '../../../components/naming/name-language.ts';
import { LimitsField } from '../../../components/people/limits-field.tsx';
import { useDraft } from '../../../components/routing-draft/use-draft.tsx';
import { useCan } from '../../../components/session/use-session.ts';
import { faultsBelow } from '../../../forms/faults-at.ts';
import { UnsavedGuard } from '../../../forms/unsaved-guard.tsx';
import { WholeNumber } from '../../../forms/whole-number.tsx';
import { contactLanguages } from '../../../i18n/languages.ts';
import { Card } from '../../../ui/page.tsx';

const priorities = ['low', 'normal', 'high', 'urgent'] as const;
const WEEK_SECONDS = 604_800;

export default function DefaultsPage() {
  const { t } = useTranslation();
  return (
    <div style={{ maxWidth: 720 }}>
      <Card title={t('routing.section.defaults')} note={t('routing.defaultsText')}>
        <Stack gap="md">
          <StrategyField />
          <BoostFields />
          <LeavingFields />
          <PhoneField />
          <NobodyField />
          <LanguageField />
        </Stack>
      </Card>
      <DefaultCapacity />
      <DefaultBounds />
    </div>
  );
}

function StrategyField() {
  const { t } = useTranslation();
  const { policy, readOnly, set } = useDraft();
  return (
    <Select
      label={t('routing.strategy')}
      description={t(`strategy.hint.${policy.strategy}`)}
      data={strategyNames.map((value) => ({ value, label: t(`strategy.${value}`) }))}
      disabled={readOnly}
      value={policy.strategy}
      onChange={(value) => value && set('strategy', value)}
    />
  );
}

function BoostFields() {
  const { t } = useTranslation();
  const { policy, readOnly, set } = useDraft();
  return (
    <div>
      <div style={{ fontWeight: 500, fontSize: 13 }}>{t('routing.boost')}</div>
      <div style={{ color: 'var(--soft)', fontSize: 12, marginBottom: 6 }}>
        {t('routing.boostHint')}
      </div>
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
        {priorities.map((priority) => (
          <WholeNumber
            key={priority}
            size="sm"
            label={t(`priority.${priority}`)}
            suffix={` ${t('seconds.sign')}`}
            step={60}
            min={-WEEK_SECONDS}
            max={WEEK_SECONDS}
            disabled={readOnly}
            value={policy.boostSeconds[priority]}
            onChange={(seconds) =>
              set(
                'boostSeconds',
                { ...policy.boostSeconds, [priority]: seconds },
                `boost.${priority}`,
              )
            }
          />
        ))}
      </SimpleGrid>
    </div>
  );
}

function LeavingFields() {
  const { t } = useTranslation();
  const { policy, readOnly, set } = useDraft();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      <Select
        label={t('routing.leaves')}
        data={(['keep', 'requeue'] as const).map((value) => ({
          value,
          label: t(`routing.leaves.${value}`),
        }))}
        disabled={readOnly}
        value={policy.whenAgentLeaves}
        onChange={(value) => value && set('whenAgentLeaves', value)}
      />
      <WholeNumber
        label={t('routing.grace')}
        suffix={` ${t('seconds.sign')}`}
        min={0}
        max={WEEK_SECONDS}
        disabled={readOnly}
        value={policy.leaveGraceSeconds}
        onChange={(seconds) => set('leaveGraceSeconds', seconds, 'grace')}
      />
    </SimpleGrid>
  );
}

function PhoneField() {
  const { t } = useTranslation();
  const { policy, readOnly, set } = useDraft();
  return (
    <WholeNumber
      label={t('routing.asleep')}
      description={t('routing.asleepHint')}
      suffix={` ${t('seconds.sign')}`}
      min={0}
      max={WEEK_SECONDS}
      disabled={readOnly}
      value={policy.asleepSeconds ?? 0}
      onChange={(seconds) => set('asleepSeconds', seconds, 'asleep')}
    />
  );
}

function NobodyField() {
  const { t } = useTranslation();
  const { policy, readOnly, set } = useDraft();
  return (
    <Select
      label={t('routing.nobody')}
      description={t('routing.nobodyHint')}
      data={(['queue', 'abort'] as const).map((value) => ({
        value,
        label: t(`routing.nobody.${value}`),
      }))}
      disabled={readOnly}
      value={policy.whenNobodyOnline ?? 'queue'}
      onChange={(value) => value && set('whenNobodyOnline', value)}
    />
  );
}

/** Any may stand in the document, also one that is not offered here. */
function LanguageField() {
  const { t, i18n } = useTranslation();
  const { policy, readOnly, set, faults } = useDraft();
  const { language = '' } = policy;
  const codes = new Set([...contactLanguages, ...(language === '' ? [] : [language])]);
  return (
    <Select
      label={t('routing.language')}
      description={t('routing.languageHint')}
      data={[
        { value: '', label: t('routing.languageNone') },
        ...[...codes].map((value) => ({ value, label: nameLanguage(value, i18n.language) })),
      ]}
      searchable
      allowDeselect={false}
      nothingFoundMessage={t('nav.nothingFound')}
      disabled={readOnly}
      error={faultsBelow(faults, '/language').say('')}
      value={language}
      onChange={(value) => set('language', value || undefined)}
    />
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

function DefaultBounds() {
  const { t } = useTranslation();
  const can = useCan();
  const settings = useQuery(settingsQuery).data;
  if (settings === undefined) return null;
  const { defaultLimits, defaultPace, defaultWrapUp } = settings;
  const value = { defaultLimits, defaultPace, defaultWrapUp };
  return (
    <Card title={t('routing.bounds')} note={t('routing.boundsText')}>
      <BoundsForm key={JSON.stringify(value)} value={value} writes={can('settings.write')} />
    </Card>
  );
}

type DefaultBoundsValue = Pick<Settings, 'defaultLimits' | 'defaultPace' | 'defaultWrapUp'>;

function BoundsForm({ value, writes }: { value: DefaultBoundsValue; writes: boolean }) {
  const { t } = useTranslation();
  const form = useForm({ initialValues: value });
  const save = useSave({
    send: (body: typeof form.values) => ask(client.PATCH('/api/v1/settings', { body })),
    touches: ['settings', 'agents', 'queue'],
    done: t('common.saved'),
    onDone: (_answer, sent) => form.resetDirty(sent),
  });
  const seconds = { min: 0, max: 3600, suffix: ` ${t('seconds.sign')}`, disabled: !writes };
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <UnsavedGuard dirty={form.isDirty()} />
      <Stack gap="md">
        <LimitsField
          value={form.values.defaultLimits}
          disabled={!writes}
          onChange={(limits) => form.setFieldValue('defaultLimits', limits)}
        />
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <WholeNumber
            label={t('agent.pace')}
            description={t('routing.defaultPaceHint')}
            {...seconds}
            value={form.values.defaultPace}
            onChange={(next) => form.setFieldValue('defaultPace', next)}
          />
          <WholeNumber
            label={t('agent.wrapUp')}
            description={t('routing.defaultWrapUpHint')}
            {...seconds}
            value={form.values.defaultWrapUp}
            onChange={(next) => form.setFieldValue('defaultWrapUp', next)}
          />
        </SimpleGrid>
        {writes && (
          <Button
            type="submit"
            variant="default"
            style={{ alignSelf: 'flex-start' }}
            disabled={!form.isDirty()}
            loading={save.isPending}
          >
            {t('common.save')}
          </Button>
        )}
      </Stack>
    </form>
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
