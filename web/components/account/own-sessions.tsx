// The user's own sessions, and how to end them.
import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { ownSessionsQuery } from '../../api/queries.ts';
import type { LoginSession } from '../../api/shapes.ts';
import { paths } from '../../paths.ts';
import { AskFirst } from '../../ui/ask-first.tsx';
import { Card } from '../../ui/page.tsx';
import { Loaded } from '../answers/loaded.tsx';
import { useSave } from '../answers/use-save.ts';
import { SessionList } from './session-list.tsx';

export function OwnSessions() {
  const { t } = useTranslation();
  const query = useQuery(ownSessionsQuery);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const leave = async () => {
    await navigate({ to: paths.signIn });
    queries.clear();
  };
  const end = useSave({
    send: ({ id }: LoginSession) =>
      ask(client.DELETE('/api/v1/sessions/{id}', { params: { path: { id } } })),
    touches: ['sessions'],
    onDone: (_, { current }) => {
      if (current) void leave();
    },
  });
  const endAll = useSave({
    send: () => ask(client.DELETE('/api/v1/sessions')),
    onDone: () => void leave(),
  });
  return (
    <Card
      title={t('sessions.title')}
      actions={
        <Button
          size="xs"
          variant="default"
          loading={endAll.isPending}
          onClick={() => setAsking(true)}
        >
          {t('profile.everywhere')}
        </Button>
      }
    >
      <Loaded query={query} height={90}>
        {(sessions) => <SessionList sessions={sessions} busy={end.isPending} onEnd={end.mutate} />}
      </Loaded>
      <AskFirst
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('profile.everywhere')}
        text={t('profile.everywhereText')}
        onYes={() => endAll.mutate(undefined)}
      />
    </Card>
  );
}
