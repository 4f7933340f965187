// How long conversations are kept, how to take them along, and the workspace's own name and logo.
import { Button, Group, NumberInput, Select, Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { settingsQuery } from '../../api/queries.ts';
import type { Settings } from '../../api/shapes.ts';
import { Loaded } from '../../components/loaded.tsx';
import { useSave } from '../../components/use-save.ts';
import { languageCodes, languages } from '../../i18n/languages.ts';
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
            <Retention key={String(settings.retentionDays)} days={settings.retentionDays} />
            <Branding settings={settings} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function useSaveSettings() {
  const { t } = useTranslation();
  return useSave({
    send: (body: Partial<Settings>) =>
      ask(client.PATCH('/api/v1/settings', { body: body as never })),
    touches: ['settings', 'sign-in'],
    done: t('common.saved'),
  });
}

function Retention({ days }: { days: number | null }) {
  const { t } = useTranslation();
  const save = useSaveSettings();
  const form = useForm({ initialValues: { limited: days !== null, days: days ?? 365 } });
  return (
    <Card title={t('data.retention')} note={t('data.retentionText')}>
      <form
        onSubmit={form.onSubmit(({ limited, days: wanted }) =>
          save.mutate({ retentionDays: limited ? wanted : null }),
        )}
      >
        <Stack gap="sm" maw={320}>
          <Switch
            label={t('data.limited')}
            {...form.getInputProps('limited', { type: 'checkbox' })}
          />
          {form.values.limited && (
            <NumberInput
              label={t('data.days')}
              min={1}
              max={36_500}
              {...form.getInputProps('days')}
            />
          )}
          <Button type="submit" w="fit-content" disabled={!form.isDirty()} loading={save.isPending}>
            {t('common.save')}
          </Button>
        </Stack>
      </form>
    </Card>
  );
}

function Export() {
  const { t } = useTranslation();
  const today = new Date().toISOString().slice(0, 10);
  const monthAgo = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10);
  const [from, setFrom] = useState(monthAgo);
  const [to, setTo] = useState(today);
  const iso = (day: string, end: boolean) => `${day}T${end ? '23:59:59.999' : '00:00:00.000'}Z`;
  const href = `/api/v1/export?${new URLSearchParams({ from: iso(from, false), to: iso(to, true) })}`;
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
          component="a"
          href={href}
          download
          variant="default"
          leftSection={<IconDownload size={16} />}
        >
          NDJSON
        </Button>
      </Group>
    </Card>
  );
}

function Branding({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const save = useSaveSettings();
  const { pageTitle, loginTitle, logoUrl, favIconUrl, language } = settings.branding;
  const { onlineLabel, offlineLabel } = settings.branding;
  const form = useForm({
    initialValues: {
      pageTitle: pageTitle ?? '',
      loginTitle: loginTitle ?? '',
      logoUrl: logoUrl ?? '',
      favIconUrl: favIconUrl ?? '',
      language: language ?? '',
      onlineLabel: onlineLabel ?? '',
      offlineLabel: offlineLabel ?? '',
    },
  });
  return (
    <Card title={t('data.branding')}>
      <form
        onSubmit={form.onSubmit((values) =>
          save.mutate({
            branding: {
              pageTitle: values.pageTitle || 'Usher',
              loginTitle: values.loginTitle || null,
              logoUrl: values.logoUrl || null,
              favIconUrl: values.favIconUrl || null,
              language: (values.language || null) as typeof language,
              onlineLabel: values.onlineLabel || null,
              offlineLabel: values.offlineLabel || null,
            },
          }),
        )}
      >
        <Stack gap="sm" maw={420}>
          <TextInput
            label={t('data.pageTitle')}
            maxLength={100}
            {...form.getInputProps('pageTitle')}
          />
          <TextInput
            label={t('data.loginTitle')}
            maxLength={100}
            {...form.getInputProps('loginTitle')}
          />
          <TextInput
            label={t('data.logoUrl')}
            placeholder="https://"
            {...form.getInputProps('logoUrl')}
          />
          <TextInput
            label={t('data.faviconUrl')}
            placeholder="https://"
            {...form.getInputProps('favIconUrl')}
          />
          <Select
            label={t('data.language')}
            allowDeselect={false}
            data={[
              { value: '', label: t('data.languageFree') },
              ...languageCodes.map((value) => ({ value, label: languages[value].name })),
            ]}
            {...form.getInputProps('language')}
          />
          <Button type="submit" w="fit-content" disabled={!form.isDirty()} loading={save.isPending}>
            {t('common.save')}
          </Button>
        </Stack>
      </form>
    </Card>
  );
}
