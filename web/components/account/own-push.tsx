// Pushes to this browser: switched on and off by the person, with what to do where the browser refuses.
import { Alert, Stack, Switch } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ownPushQuery } from '../../api/queries.ts';
import { Card } from '../../ui/page.tsx';
import { Loaded } from '../answers/loaded.tsx';
import { ProblemNote } from '../answers/problem-note.tsx';
import { useSave } from '../answers/use-save.ts';
import { canPush, findHindrance, subscribeHere, unsubscribeHere } from './push-here.ts';

export function OwnPush() {
  const { t } = useTranslation();
  const query = useQuery({ ...ownPushQuery, enabled: canPush() });
  return (
    <Card title={t('push.title')} note={t('push.text')}>
      {canPush() ? (
        <Loaded query={query} height={40}>
          {(state) => <PushSwitch key={String(state.endpoint)} state={state} />}
        </Loaded>
      ) : (
        <Alert variant="outline">{t('push.unsupported')}</Alert>
      )}
    </Card>
  );
}

function PushSwitch({ state }: { state: { publicKey: string; endpoint: string | null } }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const { publicKey, endpoint } = state;
  const change = useSave({
    send: async (on: boolean) => {
      if (!on) await unsubscribeHere();
      else return subscribeHere({ publicKey, language: i18n.language });
      return null;
    },
    quiet: true,
    onDone: () => void queries.invalidateQueries({ queryKey: ownPushQuery.queryKey }),
  });
  const hindrance = change.data ?? (endpoint === null ? findHindrance() : null);
  return (
    <Stack gap="sm">
      <Switch
        label={t('push.here')}
        description={t('push.hereText')}
        checked={endpoint !== null}
        disabled={change.isPending}
        onChange={(event) => change.mutate(event.currentTarget.checked)}
      />
      {hindrance !== null && (
        <Alert variant="outline" color="orange" role="status">
          {t(`push.hindrance.${hindrance}`)}
        </Alert>
      )}
      <ProblemNote error={change.error} />
    </Stack>
  );
}
