// Where events are sent: every endpoint with its health; and the company's statistics.
import { Button, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlus, IconWebhook } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { endpointsQuery, settingsQuery } from '../../api/queries.ts';
import type { Endpoint, Settings } from '../../api/shapes.ts';
import { EndpointState } from '../../components/endpoint-state.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { keepShownOnce } from '../../components/shown-once.ts';
import { useSave } from '../../components/use-save.ts';
import { useCan } from '../../components/use-session.ts';
import { EndpointForm } from '../../forms/endpoint-form.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { type Column, Table } from '../../ui/table.tsx';

export default function IntegrationPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const navigate = useNavigate();
  const query = useQuery({ ...endpointsQuery, refetchInterval: 10_000 });
  const settings = useQuery(settingsQuery).data;
  const [adding, setAdding] = useState(false);
  const columns: Column<Endpoint>[] = [
    {
      head: 'URL',
      cell: ({ url }) => (
        <span className="cut" style={{ display: 'block', maxWidth: 360, fontWeight: 500 }}>
          {url}
        </span>
      ),
    },
    { head: t('endpoint.state'), cell: (endpoint) => <EndpointState endpoint={endpoint} /> },
    {
      head: t('endpoint.events'),
      right: true,
      cell: ({ events }) => format.number(events.length),
    },
    {
      head: t('endpoint.lastSuccess'),
      right: true,
      cell: ({ lastSuccessAt }) => (lastSuccessAt === null ? '–' : format.full(lastSuccessAt)),
    },
    {
      head: '',
      right: true,
      cell: ({ id }) => (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => void navigate({ to: paths.endpoint(id) })}
        >
          {t('common.open')}
        </Button>
      ),
    },
  ];
  const add = can('endpoints.write') && (
    <Button size="xs" leftSection={<IconPlus size={15} />} onClick={() => setAdding(true)}>
      {t('endpoint.add')}
    </Button>
  );
  return (
    <Page title={t('settings.integration')} text={t('integration.text')} actions={add}>
      {query.isError && query.data === undefined ? (
        <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Card flush>
          <Table
            label={t('settings.integration')}
            columns={columns}
            rows={query.data}
            rowKey={({ id }) => id}
            empty={
              <EmptyState
                icon={<IconWebhook size={20} />}
                title={t('integration.none')}
                text={t('integration.noneText')}
              />
            }
          />
        </Card>
      )}
      {settings && can('settings.write') && <StatisticsForm settings={settings} />}
      {adding && (
        <EndpointForm
          endpoint={null}
          onClose={() => setAdding(false)}
          onSaved={({ id, librarySecret }) => {
            if (librarySecret) keepShownOnce(id, { librarySecret });
            void navigate({ to: paths.endpoint(id) });
          }}
        />
      )}
    </Page>
  );
}

function StatisticsForm({ settings }: { settings: Settings }) {
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
