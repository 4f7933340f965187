// Somebody has forgotten the password: a link is mailed, if there is an account. What is shown is the same if there is none.
import { Anchor, Button, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../api/client.ts';
import { chosenWorkspace } from '../api/workspace.ts';
import { ProblemNote } from '../components/answers/problem-note.tsx';
import { useSave } from '../components/answers/use-save.ts';
import { SignInFrame } from '../components/signing-in/sign-in-frame.tsx';
import { paths } from '../paths.ts';

export default function ForgotPage() {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const [asked, setAsked] = useState<string | null>(null);
  const workspace = chosenWorkspace();
  const wish = useSave({
    send: (typed: string) =>
      ask(
        client.POST('/api/v1/password-resets', {
          body: { email: typed, ...(workspace !== undefined && { workspace }) },
        }),
      ),
    onDone: (_answer, typed) => setAsked(typed),
    quiet: true,
  });
  return (
    <SignInFrame title={t('forgot.title')} text={t('forgot.text')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          wish.mutate(email.trim());
        }}
      >
        <Stack gap="sm">
          <ProblemNote error={wish.error} />
          {asked === null ? (
            <>
              <TextInput
                label={t('form.email')}
                type="email"
                autoComplete="username"
                required
                withAsterisk={false}
                autoFocus
                value={email}
                onChange={(event) => setEmail(event.currentTarget.value)}
              />
              <Button type="submit" fullWidth mt={4} loading={wish.isPending}>
                {t('forgot.send')}
              </Button>
            </>
          ) : (
            <Text size="sm" role="status">
              {t('forgot.done', { email: asked })}
            </Text>
          )}
          <Anchor href={paths.signIn} size="sm">
            {t('forgot.back')}
          </Anchor>
        </Stack>
      </form>
    </SignInFrame>
  );
}
