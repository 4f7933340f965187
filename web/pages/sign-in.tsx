// The way in: e-mail and password, or the company's own sign-in.
import { Button, Divider, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Navigate, useSearch } from '@tanstack/react-router';
import i18next from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../api/client.ts';
import { signInQuery } from '../api/queries.ts';
import { Door } from '../components/door.tsx';
import { PasswordField } from '../components/password-field.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { useEnter } from '../components/use-enter.ts';
import { useSave } from '../components/use-save.ts';
import { paths } from '../paths.ts';

export default function SignInPage() {
  const { t } = useTranslation();
  const { data: how } = useQuery(signInQuery);
  const { to, error: failed } = useSearch({ strict: false }) as { to?: string; error?: string };
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
          <ProblemNote
            error={signIn.error}
            text={failed === undefined ? null : elsewhereText(failed)}
          />
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
          <PasswordField
            autoComplete="current-password"
            required
            withAsterisk={false}
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

/** What the company's sign-in said when it sent the person back. */
function elsewhereText(code: string): string {
  const key = `problem.${code}`;
  return i18next.t(i18next.exists(key) ? (key as 'problem.oidc.failed') : 'problem.oidc.failed');
}
