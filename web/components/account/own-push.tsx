// Pushes to this browser: switched on and off by the person, with what to do where the browser refuses.
import { Alert, Button, Stack, Switch } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { ownPushQuery } from '../../api/queries.ts';
import {
  canPush,
  findHindrance,
  isGranted,
  subscribeHere,
  unsubscribeHere,
} from '../../live/push-here.ts';
import { keepPushWish, type PushWish, readPushWish } from '../../live/push-wish.ts';
import { Card } from '../../ui/page.tsx';
import { Loaded } from '../answers/loaded.tsx';
import { ProblemNote } from '../answers/problem-note.tsx';
import { useSave } from '../answers/use-save.ts';
import { useSession } from '../session/use-session.ts';

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

interface PushState {
  publicKey: string;
  endpoint: string | null;
  mentions: boolean;
}

function PushSwitch({ state }: { state: PushState }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const { publicKey, endpoint } = state;
  const isOn = endpoint !== null;
  const [wish, keepWish] = usePushWish(isOn);
  const change = useSave({
    send: async (on: boolean) => {
      const hindrance = on
        ? await subscribeHere({ publicKey, language: i18n.language })
        : await unsubscribeHere();
      if (hindrance === null) keepWish(on ? (wish ?? 'offer') : null);
      return hindrance;
    },
    quiet: true,
    onDone: () => void queries.invalidateQueries({ queryKey: ownPushQuery.queryKey }),
  });
  const hindrance = change.data ?? (isOn ? null : findHindrance());
  return (
    <Stack gap="sm">
      {!isOn && wish !== null && isGranted() && (
        <WasOn isPending={change.isPending} onTurnOn={() => change.mutate(true)} />
      )}
      <Switch
        label={t('push.here')}
        description={t('push.hereText')}
        checked={isOn}
        disabled={change.isPending}
        onChange={(event) => change.mutate(event.currentTarget.checked)}
      />
      {isOn && (
        <Switch
          label={t('push.again')}
          checked={wish === 'always'}
          onChange={(event) => keepWish(event.currentTarget.checked ? 'always' : 'offer')}
        />
      )}
      {isOn && <MentionSwitch mentions={state.mentions} />}
      {hindrance !== null && (
        <Alert variant="outline" color="orange" role="status">
          {t(`push.hindrance.${hindrance}`)}
        </Alert>
      )}
      <ProblemNote error={change.error} />
    </Stack>
  );
}

/** Kept with the person: it holds for all of their devices. */
function MentionSwitch({ mentions }: { mentions: boolean }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const change = useSave({
    send: (pushMentions: boolean) =>
      ask(client.PATCH('/api/v1/session', { body: { pushMentions } })),
    done: t('common.saved'),
    onDone: () => void queries.invalidateQueries({ queryKey: ownPushQuery.queryKey }),
  });
  return (
    <>
      <Switch
        label={t('push.mentions')}
        description={t('push.mentionsText')}
        checked={change.isPending ? change.variables : mentions}
        onChange={(event) => change.mutate(event.currentTarget.checked)}
      />
      <ProblemNote error={change.error} />
    </>
  );
}

/** What is on now is offered after the next sign-in, at least. */
function usePushWish(isOn: boolean): [PushWish | null, (wish: PushWish | null) => void] {
  const { user } = useSession();
  const [wish, setWish] = useState(() => readPushWish(user.id) ?? (isOn ? 'offer' : null));
  const keep = (next: PushWish | null) => {
    keepPushWish(user.id, next);
    setWish(next);
  };
  useEffect(() => {
    if (isOn && readPushWish(user.id) === null) keepPushWish(user.id, 'offer');
  }, [isOn, user.id]);
  return [wish, keep];
}

function WasOn({ isPending, onTurnOn }: { isPending: boolean; onTurnOn(): void }) {
  const { t } = useTranslation();
  return (
    <Alert variant="outline" title={t('push.wasOn')}>
      <Button size="xs" loading={isPending} onClick={onTurnOn}>
        {t('push.turnOn')}
      </Button>
    </Alert>
  );
}
