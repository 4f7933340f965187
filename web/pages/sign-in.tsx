// The way in: e-mail and password, or the company's own sign-in.
import { Alert, Button, Divider, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Navigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../api/client.ts';
import { signInQuery } from '../api/queries.ts';
import { Door } from '../components/door.tsx';
import { problemText } from '../components/problem-text.ts';
import { useEnter } from '../components/use-enter.ts';
import { useSave } from '../components/use-save.ts';
import { paths } from '../paths.ts';

export default function SignInPage() {
  const { t } = useTranslation();
  const { data: how } = useQuery(signInQuery);
  const { to } = useSearch({ strict: false }) as { to?: string };
  const enter = useEnter();
  const [typed, setTyped] = useState({ email: '', password: '' });
  const signIn = useSave({
    send: (body: { email: string; password: string }) =>
      ask(client.POST('/api/v1/session', { body })),
    onDone: (session) => enter(session, to ?? paths.home),
    quiet: true,
  });
  if (how?.firstRun) return <Navigate to={paths.firstRun} replace />;
  return (
    <Door title={t('signIn.title')} text={t('signIn.text')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate(typed);
        }}
      >
        <Stack gap="sm">
          {signIn.isError && (
            <Alert color="red" variant="outline" role="alert">
              {problemText(signIn.error)}
            </Alert>
          )}
          <TextInput
            label={t('form.email')}
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            data-autofocus
            autoFocus
            value={typed.email}
            onChange={(event) => setTyped({ ...typed, email: event.currentTarget.value })}
          />
          <PasswordInput
            label={t('form.password')}
            autoComplete="current-password"
            required
            withAsterisk={false}
            visibilityToggleButtonProps={{ 'aria-label': t('form.showPassword') }}
            value={typed.password}
            onChange={(event) => setTyped({ ...typed, password: event.currentTarget.value })}
          />
          <Button type="submit" fullWidth mt={4} loading={signIn.isPending}>
            {t('signIn.enter')}
          </Button>
          {how?.oidc && (
            <>
              <Divider label={t('signIn.or')} />
              <Button component="a" href="/api/v1/session/oidc" variant="default" fullWidth>
                {t('signIn.with', { name: how.oidc.name })}
              </Button>
            </>
          )}
        </Stack>
      </form>
    </Door>
  );
}
