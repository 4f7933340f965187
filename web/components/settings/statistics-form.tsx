// Where the company's own statistics of its customers are asked for, and in which form.
import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import type { Settings } from '../../api/shapes.ts';
import { CardForm } from '../../forms/card-form.tsx';
import { Select } from '../../ui/select.tsx';

export function StatisticsForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: {
      statisticsBaseEndpoint: settings.statisticsBaseEndpoint ?? '',
      statisticsTimeZone: settings.statisticsTimeZone ?? 'UTC',
      statisticsStyle: settings.statisticsStyle,
    },
  });
  return (
    <CardForm
      title={t('integration.statistics')}
      note={t('integration.statisticsText')}
      form={form}
      touches={['settings', 'statistics']}
      send={({ statisticsBaseEndpoint, ...rest }) =>
        ask(
          client.PATCH('/api/v1/settings', {
            body: { ...rest, statisticsBaseEndpoint: statisticsBaseEndpoint || null } as never,
          }),
        )
      }
    >
      <TextInput
        label={t('integration.statisticsUrl')}
        description={t('integration.statisticsUrlHint')}
        type="url"
        placeholder="https://"
        {...form.getInputProps('statisticsBaseEndpoint')}
      />
      <Select
        label={t('integration.statisticsStyle')}
        description={t('integration.statisticsStyleHint')}
        data={(['default', 'customer'] as const).map((value) => ({
          value,
          label: t(`integration.statisticsStyle.${value}`),
        }))}
        {...form.getInputProps('statisticsStyle')}
      />
      <Select
        label={t('integration.timeZone')}
        searchable
        data={['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]}
        {...form.getInputProps('statisticsTimeZone')}
      />
    </CardForm>
  );
}
