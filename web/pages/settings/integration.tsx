// Where events are sent: every endpoint with its health; the company's statistics; the language model.
import { IconWebhook } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { endpointsQuery, settingsQuery } from '../../api/queries.ts';
import type { Endpoint } from '../../api/shapes.ts';
import { keepShownOnce } from '../../components/answers/shown-once.ts';
import { EndpointForm } from '../../components/endpoints/endpoint-form.tsx';
import { EndpointState } from '../../components/endpoints/endpoint-state.tsx';
import { BotPill } from '../../components/faces/bot-pill.tsx';
import { useCan } from '../../components/session/use-session.ts';
import { ModelForm } from '../../components/settings/model-form.tsx';
import { useOpenColumn } from '../../components/settings/row-columns.tsx';
import { SettingsList } from '../../components/settings/settings-list.tsx';
import { StatisticsForm } from '../../components/settings/statistics-form.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import type { Column } from '../../ui/table.tsx';

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
      cell: ({ url, agentId }) => (
        <span className="cut" style={{ display: 'block', maxWidth: 360, fontWeight: 500 }}>
          {url} <BotPill kind={agentId === null ? null : 'bot'} />
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
    useOpenColumn(paths.endpoint),
  ];
  return (
    <SettingsList
      title={t('settings.integration')}
      text={t('integration.text')}
      query={query}
      columns={columns}
      empty={{
        icon: <IconWebhook size={20} />,
        title: t('integration.none'),
        text: t('integration.noneText'),
      }}
      add={can('endpoints.write') ? { label: t('endpoint.add'), run: () => setAdding(true) } : null}
    >
      {settings && can('settings.write') && (
        <>
          <StatisticsForm settings={settings} />
          <ModelForm settings={settings} />
        </>
      )}
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
    </SettingsList>
  );
}
