// The first visit: creates the first admin with the code that the server showed.
import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../api/client.ts';
import { ProblemNote } from '../components/answers/problem-note.tsx';
import { useSave } from '../components/answers/use-save.ts';
import { SignInFrame } from '../components/signing-in/sign-in-frame.tsx';
import { useEnter } from '../components/signing-in/use-enter.ts';
import { NewPasswordField } from '../forms/password-field.tsx';
import { paths } from '../paths.ts';

export default function FirstRunPage() {
  const { t } = useTranslation();
  const enter = useEnter();
  const form = useForm({ initialValues: { code: '', name: '', email: '', password: '' } });
  const begin = useSave({
    send: (body: typeof form.values) => ask(client.POST('/api/v1/first-run', { body })),
    onDone: (session) => enter(session, paths.welcome),
    quiet: true,
  });
  return (
    <SignInFrame title={t('firstRun.title')} text={t('firstRun.text')}>
      <form
        onSubmit={form.onSubmit((values) => begin.mutate({ ...values, code: values.code.trim() }))}
      >
        <Stack gap="sm">
          <ProblemNote error={begin.error} />
          <TextInput
            label={t('firstRun.code')}
            description={t('firstRun.codeHint')}
            required
            withAsterisk={false}
            autoFocus
            autoComplete="one-time-code"
            {...form.getInputProps('code')}
          />
          <TextInput
            label={t('form.name')}
            required
            withAsterisk={false}
            autoComplete="name"
            {...form.getInputProps('name')}
          />
          <TextInput
            label={t('form.email')}
            type="email"
            required
            withAsterisk={false}
            autoComplete="username"
            {...form.getInputProps('email')}
          />
          <NewPasswordField required withAsterisk={false} {...form.getInputProps('password')} />
          <Button type="submit" fullWidth mt={4} loading={begin.isPending}>
            {t('firstRun.begin')}
          </Button>
        </Stack>
      </form>
    </SignInFrame>
  );
}
