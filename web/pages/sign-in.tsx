// The way in: e-mail and password, or the company's own sign-in.
import { Anchor, Button, Divider, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Navigate, useSearch } from '@tanstack/react-router';
import i18next from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../api/client.ts';
import { signInQuery } from '../api/queries.ts';
import { keepWorkspace, namedWorkspace } from '../api/workspace.ts';
import { ProblemNote } from '../components/answers/problem-note.tsx';
import { useSave } from '../components/answers/use-save.ts';
import { elsewhereText } from '../components/naming/elsewhere-text.ts';
import { SignInFrame } from '../components/signing-in/sign-in-frame.tsx';
import { useEnter } from '../components/signing-in/use-enter.ts';
import { PasswordField } from '../forms/password-field.tsx';
import { paths } from '../paths.ts';

export default function SignInPage() {
  const { t } = useTranslation();
  const { data: how } = useQuery(signInQuery);
  const { to, error: failed } = useSearch({ strict: false }) as { to?: string; error?: string };
  const workspace = how?.workspace;
  const enter = useEnter();
  const [typed, setTyped] = useState({ email: '', password: '' });
  const signIn = useSave({
    send: (body: { email: string; password: string }) =>
      ask(client.POST('/api/v1/session', { body: { ...body, ...(workspace && { workspace }) } })),
    onDone: (session) => {
      keepWorkspace(workspace ?? null);
      enter(session, to ?? paths.home);
    },
    quiet: true,
  });
  if (how?.firstRun) return <Navigate to={paths.firstRun} replace />;
  const bySso = how?.oidc && (
    <Button
      component="a"
      href={oidcAddress(workspace)}
      variant={how.password ? 'default' : 'filled'}
      fullWidth
    >
      {t('signIn.with', { name: how.oidc.name })}
    </Button>
  );
  const problem = <ProblemNote error={signIn.error} text={problemText(failed, how)} />;
  if (how?.password === false) {
    return (
      <SignInFrame title={t('signIn.title')} text={t(bySso ? 'signIn.ssoOnly' : 'signIn.ssoAway')}>
        <Stack gap="sm">
          {problem}
          <WorkspaceNote workspace={workspace} />
          {bySso}
        </Stack>
      </SignInFrame>
    );
  }
  return (
    <SignInFrame title={t('signIn.title')} text={t('signIn.text')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate(typed);
        }}
      >
        <Stack gap="sm">
          {problem}
          <WorkspaceNote workspace={workspace} />
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
          {how?.reset && <ForgotLink workspace={workspace} />}
          {bySso && <Divider label={t('signIn.or')} />}
          {bySso}
        </Stack>
      </form>
    </SignInFrame>
  );
}

/** Whose people sign in here, where it is not the default workspace. */
function WorkspaceNote({ workspace }: { workspace: string | undefined }) {
  const { t } = useTranslation();
  if (workspace === undefined) return null;
  return (
    <Text size="sm">
      {t('signIn.workspace', { name: workspace })}{' '}
      <Anchor href={`${paths.signIn}?workspace=default`} onClick={() => keepWorkspace(null)}>
        {t('signIn.otherWorkspace')}
      </Anchor>
    </Text>
  );
}

/** What the company's sign-in said, or that nobody knows the workspace that the address names. */
function problemText(
  failed: string | undefined,
  how: { workspace: string | undefined } | undefined,
): string | null {
  if (failed !== undefined) return elsewhereText(failed);
  const named = namedWorkspace() ?? 'default';
  const isUnknown = how !== undefined && how.workspace === undefined && named !== 'default';
  return isUnknown ? i18next.t('problem.workspace.not-found') : null;
}

function ForgotLink({ workspace }: { workspace: string | undefined }) {
  const { t } = useTranslation();
  const query = workspace === undefined ? '' : `?workspace=${encodeURIComponent(workspace)}`;
  return (
    <Anchor href={`${paths.forgot}${query}`} size="sm">
      {t('signIn.forgot')}
    </Anchor>
  );
}

function oidcAddress(workspace: string | undefined): string {
  const query = workspace === undefined ? '' : `?workspace=${encodeURIComponent(workspace)}`;
  return `/api/v1/session/oidc${query}`;
}
