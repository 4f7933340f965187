// The second step of a sign-in: a code, or setting a second factor up where the role needs one.
import { Button, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../api/client.ts';
import { secondFactorQuery, sessionQuery } from '../api/queries.ts';
import { SecondFactorSetup } from '../components/account/second-factor-setup.tsx';
import { Loaded } from '../components/answers/loaded.tsx';
import { useSave } from '../components/answers/use-save.ts';
import { SignInFrame } from '../components/signing-in/sign-in-frame.tsx';
import { useEnter } from '../components/signing-in/use-enter.ts';
import { CodeForm } from '../forms/code-form.tsx';
import { fetchNow } from '../live/ask-anew.ts';
import { paths } from '../paths.ts';

export default function SecondFactorPage() {
  const { t } = useTranslation();
  const { to = paths.home } = useSearch({ strict: false }) as { to?: string };
  const query = useQuery(secondFactorQuery);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const enter = useEnter();
  const leave = useSave({
    send: () => ask(client.DELETE('/api/v1/session')),
    onDone: async () => {
      await navigate({ to: paths.signIn });
      queries.clear();
    },
  });
  const show = useSave({
    send: (code: string) => ask(client.POST('/api/v1/session/second-factor', { body: { code } })),
    onDone: (session) => enter(session, to),
    quiet: true,
  });
  const other = (
    <Button variant="subtle" color="gray" onClick={() => leave.mutate(undefined)}>
      {t('secondFactor.other')}
    </Button>
  );
  const setsUp = query.data?.since === null;
  return (
    <SignInFrame
      title={t(setsUp ? 'secondFactor.enrolTitle' : 'secondFactor.title')}
      text={t(setsUp ? 'secondFactor.enrolText' : 'secondFactor.codeText')}
    >
      <Stack gap="sm">
        <Loaded query={query} height={120}>
          {({ since }) =>
            since === null ? (
              <SecondFactorSetup
                onDone={() => {
                  void fetchNow(queries, sessionQuery).then((session) => enter(session, to));
                }}
              />
            ) : (
              <CodeForm
                label={t('secondFactor.code')}
                action={t('secondFactor.enter')}
                save={show}
              />
            )
          }
        </Loaded>
        {other}
      </Stack>
    </SignInFrame>
  );
}
