// How people sign in: who needs a second factor, whether passwords count at all; and how long the audit is kept.
import { Alert, Checkbox, Group, Stack, Switch } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem, ask, client } from '../../api/client.ts';
import { settingsQuery, signInQuery } from '../../api/queries.ts';
import type { Role, Settings } from '../../api/shapes.ts';
import { Loaded } from '../../components/answers/loaded.tsx';
import { ProblemNote } from '../../components/answers/problem-note.tsx';
import { useSave } from '../../components/answers/use-save.ts';
import { RetentionForm } from '../../components/settings/retention-form.tsx';
import { CardForm } from '../../forms/card-form.tsx';
import { AskFirst } from '../../ui/ask-first.tsx';
import { Card, Page } from '../../ui/page.tsx';

const roles: Role[] = ['agent', 'supervisor', 'admin'];

export default function SecurityPage() {
  const { t } = useTranslation();
  const query = useQuery(settingsQuery);
  return (
    <Page title={t('settings.security')} text={t('security.text')} narrow>
      <Loaded query={query} height={320}>
        {(settings) => (
          <>
            <FactorRoles
              key={settings.secondFactorRoles.join()}
              roles={settings.secondFactorRoles}
            />
            <SingleSignOn on={settings.onlySingleSignOn} />
            <AuditRetention
              key={String(settings.auditRetentionDays)}
              days={settings.auditRetentionDays}
            />
          </>
        )}
      </Loaded>
    </Page>
  );
}

// Whoever makes a rule may be signed out by it: what is asked next says so.
const touches = ['settings', 'sign-in', 'session', 'second-factor'];
const send = (body: Partial<Settings>) =>
  ask(client.PATCH('/api/v1/settings', { body: body as never }));

function FactorRoles({ roles: now }: { roles: Role[] }) {
  const { t } = useTranslation();
  const form = useForm({ initialValues: { secondFactorRoles: now } });
  return (
    <CardForm
      title={t('security.factor')}
      note={t('security.factorText')}
      form={form}
      touches={touches}
      send={send}
    >
      <Checkbox.Group
        aria-label={t('security.factor')}
        {...form.getInputProps('secondFactorRoles')}
      >
        <Group>
          {roles.map((role) => (
            <Checkbox key={role} value={role} label={t(`role.${role}`)} />
          ))}
        </Group>
      </Checkbox.Group>
    </CardForm>
  );
}

function SingleSignOn({ on }: { on: boolean }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const save = useSave({ send, touches, done: t('common.saved'), quiet: true });
  const provider = useQuery(signInQuery).data?.oidc;
  const isLockedOut = save.error instanceof ApiProblem && save.error.code === 'settings.invalid';
  return (
    <Card title={t('security.sso')} note={t('security.ssoText')}>
      <Stack gap="sm">
        {isLockedOut ? (
          <Alert color="red" variant="outline" role="alert">
            {t('security.ssoFirst')}
          </Alert>
        ) : (
          <ProblemNote error={save.error} />
        )}
        <Switch
          label={t('security.sso')}
          description={provider === null ? t('security.ssoMissing') : undefined}
          disabled={save.isPending || (provider === null && !on)}
          checked={on}
          onChange={() => setAsking(true)}
        />
      </Stack>
      <AskFirst
        opened={asking}
        onClose={() => setAsking(false)}
        title={t(on ? 'security.ssoBack' : 'security.sso')}
        text={t(on ? 'security.ssoBackAsk' : 'security.ssoAsk')}
        onYes={() => save.mutate({ onlySingleSignOn: !on })}
      />
    </Card>
  );
}

function AuditRetention({ days }: { days: number | null }) {
  const { t } = useTranslation();
  return (
    <RetentionForm
      title={t('security.audit')}
      note={t('security.auditText')}
      limitedLabel={t('security.auditLimited')}
      days={days}
      least={30}
      touches={touches}
      send={(auditRetentionDays) => send({ auditRetentionDays })}
    />
  );
}
