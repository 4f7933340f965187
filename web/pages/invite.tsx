// An invited person chooses a password.
import { Button, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../api/client.ts';
import { Door } from '../components/door.tsx';
import { NewPasswordField } from '../components/password-field.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { useEnter } from '../components/use-enter.ts';
import { useSave } from '../components/use-save.ts';
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
    <Door title={t('invite.title')} text={t('invite.text')}>
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
    </Door>
  );
}
