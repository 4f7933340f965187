// The ways to prove again who one is.
import { Button, Divider, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { proofQuery } from '../../api/queries.ts';
import { CodeForm } from '../../forms/code-form.tsx';
import { PasswordField } from '../../forms/password-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Loaded } from '../answers/loaded.tsx';
import { ProblemNote } from '../answers/problem-note.tsx';
import { useSave } from '../answers/use-save.ts';

export function ConfirmDialog(props: { onProved(): void; onClose(): void }) {
  const { t } = useTranslation();
  return (
    <Dialog opened onClose={props.onClose} title={t('prove.title')} size="sm" zIndex={400}>
      <Ways onProved={props.onProved} />
    </Dialog>
  );
}

function Ways({ onProved }: { onProved(): void }) {
  const { t } = useTranslation();
  const query = useQuery(proofQuery);
  const { href } = useLocation();
  const prove = useSave({
    send: (body: { password: string } | { code: string }) =>
      ask(client.POST('/api/v1/session/proof', { body })),
    onDone: onProved,
    quiet: true,
  });
  return (
    <Loaded query={query} height={120}>
      {({ ways }) => (
        <Stack gap="sm">
          <Text size="sm">{t(ways.length === 0 ? 'prove.none' : 'prove.text')}</Text>
          {ways.includes('password') && (
            <PasswordProof save={prove} send={(password) => prove.mutate({ password })} />
          )}
          {ways.includes('code') && !ways.includes('password') && (
            <CodeForm
              label={t('secondFactor.code')}
              action={t('prove.confirm')}
              save={{ ...prove, mutate: (code: string) => prove.mutate({ code }) }}
            />
          )}
          {ways.includes('oidc') && (
            <>
              {ways.length > 1 && <Divider label={t('signIn.or')} />}
              <Button
                component="a"
                href={`/api/v1/session/oidc?${new URLSearchParams({ proofFor: href })}`}
                variant={ways.length > 1 ? 'default' : 'filled'}
              >
                {t('prove.bySso')}
              </Button>
              <Text size="xs" c="dimmed">
                {t('prove.bySsoText')}
              </Text>
            </>
          )}
        </Stack>
      )}
    </Loaded>
  );
}

function PasswordProof(props: {
  save: { error: Error | null; isPending: boolean };
  send(password: string): void;
}) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        props.send(password);
      }}
    >
      <Stack gap="sm">
        <ProblemNote error={props.save.error} />
        <PasswordField
          label={t('profile.currentPassword')}
          autoComplete="current-password"
          data-autofocus
          autoFocus
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" fullWidth loading={props.save.isPending}>
          {t('prove.confirm')}
        </Button>
      </Stack>
    </form>
  );
}
