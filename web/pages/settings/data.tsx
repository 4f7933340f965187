// How long conversations are kept, how to take them along, and the workspace's own name and logo.
import { Button, Group, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '../../../browser/server-clock.ts';
import { ask, client } from '../../api/client.ts';
import { askForProof } from '../../api/prove.ts';
import { settingsQuery } from '../../api/queries.ts';
import { Loaded } from '../../components/answers/loaded.tsx';
import { useSave } from '../../components/answers/use-save.ts';
import { BrandingForm } from '../../components/appearance/branding-form.tsx';
import { AgentsSee } from '../../components/settings/agents-see.tsx';
import { PushForm } from '../../components/settings/push-form.tsx';
import { RetentionForm } from '../../components/settings/retention-form.tsx';
import { Card, Page } from '../../ui/page.tsx';

export default function DataPage() {
  const { t } = useTranslation();
  const query = useQuery(settingsQuery);
  return (
    <Page title={t('settings.data')} text={t('data.text')} narrow>
      <Export />
      <Loaded query={query} height={320}>
        {(settings) => (
          <>
            <AgentsSee key={settings.agentsSee} agentsSee={settings.agentsSee} />
            <Retention key={String(settings.retentionDays)} days={settings.retentionDays} />
            <PushForm
              key={`${settings.pushTexts} ${settings.asleepAnswerSeconds}`}
              settings={settings}
            />
            <BrandingForm settings={settings} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Retention({ days }: { days: number | null }) {
  const { t } = useTranslation();
  return (
    <RetentionForm
      title={t('data.retention')}
      note={t('data.retentionText')}
      limitedLabel={t('data.limited')}
      days={days}
      least={1}
      touches={['settings']}
      send={(retentionDays) => ask(client.PATCH('/api/v1/settings', { body: { retentionDays } }))}
    />
  );
}

/** A download shows no dialog: what it needs is asked for before it begins. */
function useExport(hrefOf: () => string) {
  return useSave({
    send: async () => {
      const { provedUntil } = await ask(client.GET('/api/v1/session/proof'));
      return provedUntil !== null || (await askForProof());
    },
    onDone: (proved) => {
      if (proved) window.location.assign(hrefOf());
    },
  });
}

function Export() {
  const { t } = useTranslation();
  const today = new Date(serverNow()).toISOString().slice(0, 10);
  const monthAgo = new Date(serverNow() - 30 * 86_400_000).toISOString().slice(0, 10);
  const [from, setFrom] = useState(monthAgo);
  const [to, setTo] = useState(today);
  const iso = (day: string, end: boolean) => `${day}T${end ? '23:59:59.999' : '00:00:00.000'}Z`;
  const check = useExport(
    () => `/api/v1/export?${new URLSearchParams({ from: iso(from, false), to: iso(to, true) })}`,
  );
  return (
    <Card title={t('data.export')} note={t('data.exportText')}>
      <Group align="flex-end" gap="sm">
        <TextInput
          type="date"
          label={t('data.from')}
          value={from}
          max={to}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t('data.to')}
          value={to}
          min={from}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Button
          variant="default"
          loading={check.isPending}
          onClick={() => check.mutate(undefined)}
          leftSection={<IconDownload size={16} />}
        >
          NDJSON
        </Button>
      </Group>
    </Card>
  );
}
