// Where somebody else is signed in, for an admin.
import { Button, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { userSessionsQuery } from '../../api/queries.ts';
import type { User } from '../../api/shapes.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Loaded } from '../answers/loaded.tsx';
import { useSave } from '../answers/use-save.ts';
import { SessionList } from './session-list.tsx';

export function UserSessions({ user, onClose }: { user: User; onClose(): void }) {
  const { t } = useTranslation();
  const { id, name } = user;
  const query = useQuery(userSessionsQuery(id));
  const end = useSave({
    send: (sessionId: string) =>
      ask(
        client.DELETE('/api/v1/users/{id}/sessions/{sessionId}', {
          params: { path: { id, sessionId } },
        }),
      ),
    touches: ['sessions'],
  });
  const endAll = useSave({
    send: () => ask(client.DELETE('/api/v1/users/{id}/sessions', { params: { path: { id } } })),
    touches: ['sessions'],
  });
  return (
    <Dialog opened onClose={onClose} title={t('sessions.of', { name })} size="lg">
      <Stack gap="sm">
        <Loaded query={query} height={90}>
          {(sessions) => (
            <SessionList
              sessions={sessions}
              busy={end.isPending}
              onEnd={(session) => end.mutate(session.id)}
            />
          )}
        </Loaded>
        <Group justify="flex-end">
          {(query.data?.length ?? 0) > 1 && (
            <Button
              variant="default"
              loading={endAll.isPending}
              onClick={() => endAll.mutate(undefined)}
            >
              {t('sessions.endAll')}
            </Button>
          )}
          <Button data-autofocus onClick={onClose}>
            {t('common.done')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
