// Where the company's own statistics of its customers are asked for.
import { Button, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../api/client.ts';
import type { Settings } from '../api/shapes.ts';
import { useSave } from '../components/use-save.ts';
import { Card } from '../ui/page.tsx';

export function StatisticsForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: {
      statisticsBaseEndpoint: settings.statisticsBaseEndpoint ?? '',
      statisticsTimeZone: settings.statisticsTimeZone ?? 'UTC',
      statisticsStyle: settings.statisticsStyle,
    },
  });
  const save = useSave({
    send: ({ statisticsBaseEndpoint, ...rest }: typeof form.values) =>
      ask(
        client.PATCH('/api/v1/settings', {
          body: { ...rest, statisticsBaseEndpoint: statisticsBaseEndpoint || null } as never,
        }),
      ),
    touches: ['settings', 'statistics'],
    done: t('common.saved'),
  });
  return (
    <Card title={t('integration.statistics')} note={t('integration.statisticsText')}>
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack gap="sm" maw={480}>
          <TextInput
            label={t('integration.statisticsUrl')}
            type="url"
            placeholder="https://"
            {...form.getInputProps('statisticsBaseEndpoint')}
          />
          <Select
            label={t('integration.timeZone')}
            searchable
            data={['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]}
            allowDeselect={false}
            {...form.getInputProps('statisticsTimeZone')}
          />
          <Button type="submit" w="fit-content" disabled={!form.isDirty()} loading={save.isPending}>
            {t('common.save')}
          </Button>
        </Stack>
      </form>
    </Card>
  );
}
