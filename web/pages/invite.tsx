// An invited person chooses a password.
import { Button, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../api/client.ts';
import { ProblemNote } from '../components/answers/problem-note.tsx';
import { useSave } from '../components/answers/use-save.ts';
import { SignInFrame } from '../components/signing-in/sign-in-frame.tsx';
import { useEnter } from '../components/signing-in/use-enter.ts';
import { NewPasswordField } from '../forms/password-field.tsx';
import { paths } from '../paths.ts';

export default function InvitePage() {
  const { t } = useTranslation();
  const { code } = useParams({ strict: false }) as { code: string };
  const enter = useEnter();
  const form = useForm({ initialValues: { password: '' } });
  const accept = useSave({
    send: (body: { password: string }) =>
      ask(client.POST('/api/v1/invites/{code}', { params: { path: { code } }, body })),
    onDone: (session) => enter(session, paths.home),
    quiet: true,
  });
  return (
    <SignInFrame title={t('invite.title')} text={t('invite.text')}>
      <form onSubmit={form.onSubmit((values) => accept.mutate(values))}>
        <Stack gap="sm">
          <ProblemNote error={accept.error} />
          <NewPasswordField
            required
            withAsterisk={false}
            autoFocus
            {...form.getInputProps('password')}
          />
          <Button type="submit" fullWidth mt={4} loading={accept.isPending}>
            {t('invite.begin')}
          </Button>
        </Stack>
      </form>
    </SignInFrame>
  );
}
