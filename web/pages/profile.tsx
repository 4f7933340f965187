// The user's own profile: name, language, look, alerts, password, second factor, sessions.
import {
  Button,
  Group,
  SegmentedControl,
  Select,
  Stack,
  Switch,
  TextInput,
  useMantineColorScheme,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../api/client.ts';
import { sessionQuery } from '../api/queries.ts';
import type { Availability } from '../api/shapes.ts';
import { OwnPush } from '../components/account/own-push.tsx';
import { OwnSecondFactor } from '../components/account/own-second-factor.tsx';
import { OwnSessions } from '../components/account/own-sessions.tsx';
import { PasswordForm } from '../components/account/password-form.tsx';
import { ProblemNote } from '../components/answers/problem-note.tsx';
import { useSave } from '../components/answers/use-save.ts';
import {
  type AfterClosing,
  afterClosings,
  keepAfterClosing,
  readAfterClosing,
} from '../components/inbox/after-closing.ts';
import { elsewhereText } from '../components/naming/elsewhere-text.ts';
import { rangeOf } from '../components/reports/report-range.ts';
import { StatusTable } from '../components/reports/status-table.tsx';
import { useAvailability } from '../components/session/use-availability.ts';
import { useSession } from '../components/session/use-session.ts';
import { useSignOut } from '../components/shell/user-menu.tsx';
import { UnsavedGuard } from '../forms/unsaved-guard.tsx';
import { type Language, languageCodes, languages } from '../i18n/languages.ts';
import { readBrand } from '../i18n/read-brand.ts';
import { keepLanguage } from '../i18n/start-i18n.ts';
import { keepWishes, readWishes } from '../live/alerts.ts';
import { paths } from '../paths.ts';
import { Card, Page } from '../ui/page.tsx';
import { useToday } from '../ui/use-now.ts';

export default function ProfilePage() {
  const { t } = useTranslation();
  const { user } = useSession();
  const signOut = useSignOut();
  // What the identity provider said when a fresh proof was asked of it.
  const { error: failed } = useSearch({ strict: false }) as { error?: string };
  return (
    <Page
      narrow
      title={t('profile.title')}
      text={`${user.name} · ${user.email}`}
      actions={
        <Button size="xs" variant="default" onClick={signOut}>
          {t('nav.signOut')}
        </Button>
      }
    >
      {failed !== undefined && <ProblemNote error={null} text={elsewhereText(failed)} />}
      <Present />
      {user.agentId !== null && <OwnTimes agentId={user.agentId} />}
      <Looks />
      <OwnPush />
      <Name />
      <PasswordForm />
      <OwnSecondFactor />
      <OwnSessions />
    </Page>
  );
}

function OwnTimes({ agentId }: { agentId: string }) {
  const { t } = useTranslation();
  const today = useToday();
  const query = useMemo(() => {
    const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    return { ...rangeOf('7d', new Date(today)), timeZone, agentId };
  }, [today, agentId]);
  return (
    <>
      <p>
        <Link to={paths.day}>{t('nav.day')}</Link>
      </p>
      <StatusTable query={query} byDay />
    </>
  );
}

function Present() {
  const { t } = useTranslation();
  const { availability, choose } = useAvailability();
  return (
    <Card title={t('availability.title')}>
      <SegmentedControl
        aria-label={t('availability.title')}
        data={(['online', 'away', 'offline'] as const).map((value) => ({
          value,
          label: t(`availability.${value}`),
        }))}
        value={availability}
        onChange={(value) => choose(value as Availability)}
      />
    </Card>
  );
}

function Looks() {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [wishes, setWishes] = useState(readWishes);
  const save = useSave({
    send: (locale: string) => ask(client.PATCH('/api/v1/session', { body: { locale } })),
    quiet: true,
  });
  const change = (part: Partial<typeof wishes>) =>
    void keepWishes({ ...wishes, ...part }).then(setWishes);
  return (
    <Card title={t('profile.look')}>
      <Stack gap="md">
        <Select
          maw={260}
          label={t('profile.language')}
          disabled={readBrand().language !== null}
          data={languageCodes.map((value) => ({ value, label: languages[value].name }))}
          value={i18n.language}
          onChange={(code) => {
            if (code === null) return;
            void keepLanguage(code as Language);
            save.mutate(code);
          }}
        />
        <div>
          <div style={{ fontSize: 13, fontWeight: 500, marginBottom: 4 }}>
            {t('profile.scheme')}
          </div>
          <SegmentedControl
            size="xs"
            aria-label={t('profile.scheme')}
            data={(['light', 'dark', 'auto'] as const).map((value) => ({
              value,
              label: t(`scheme.${value}`),
            }))}
            value={colorScheme}
            onChange={(value) => setColorScheme(value as typeof colorScheme)}
          />
        </div>
        <AfterClosingField />
        <Switch
          label={t('alerts.sound')}
          checked={wishes.sound}
          onChange={(event) => change({ sound: event.currentTarget.checked })}
        />
        <Switch
          label={t('alerts.desktop')}
          description={t('alerts.desktopHint')}
          checked={wishes.desktop}
          onChange={(event) => change({ desktop: event.currentTarget.checked })}
        />
      </Stack>
    </Card>
  );
}

function AfterClosingField() {
  const { t } = useTranslation();
  const [wish, setWish] = useState(readAfterClosing);
  const change = (value: string) => {
    keepAfterClosing(value as AfterClosing);
    setWish(value as AfterClosing);
  };
  return (
    <div>
      <div style={{ fontSize: 13, fontWeight: 500, marginBottom: 4 }}>
        {t('profile.afterClosing')}
      </div>
      <SegmentedControl
        size="xs"
        aria-label={t('profile.afterClosing')}
        data={afterClosings.map((value) => ({ value, label: t(`afterClosing.${value}`) }))}
        value={wish}
        onChange={change}
      />
    </div>
  );
}

function Name() {
  const { t } = useTranslation();
  const { user } = useSession();
  const queries = useQueryClient();
  const form = useForm({ initialValues: { name: user.name } });
  const save = useSave({
    send: (body: { name: string }) => ask(client.PATCH('/api/v1/session', { body })),
    touches: ['agents'],
    done: t('common.saved'),
    onDone: (session) => {
      queries.setQueryData(sessionQuery.queryKey, session);
      form.resetDirty();
    },
  });
  return (
    <Card title={t('form.name')}>
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <UnsavedGuard dirty={form.isDirty()} />
        <Group align="flex-end">
          <TextInput w={260} required aria-label={t('form.name')} {...form.getInputProps('name')} />
          <Button type="submit" disabled={!form.isDirty()} loading={save.isPending}>
            {t('common.save')}
          </Button>
        </Group>
      </form>
    </Card>
  );
}
