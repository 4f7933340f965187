// Gives a conversation back to who handed it over; when that agent cannot have it, offers what can be done instead.
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../api/client.ts';
import { agentsQuery } from '../../api/queries.ts';
import type { Conversation } from '../../api/shapes.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { submitByKeys } from '../../ui/submit-by-keys.ts';
import { useCan } from '../session/use-session.ts';
import { NoteField, noteIn } from './note-field.tsx';
import type { useVerbs } from './use-verbs.ts';

export function ReturnDialog(props: {
  conversation: Conversation;
  verbs: Pick<ReturnType<typeof useVerbs>, 'run' | 'busy'>;
  onClose(): void;
}) {
  const { conversation, verbs, onClose } = props;
  const { t } = useTranslation();
  const can = useCan();
  const agents = useQuery(agentsQuery).data;
  const [note, setNote] = useState('');
  const [isUnavailable, setUnavailable] = useState(false);
  const toAgentId = conversation.transfer?.fromAgentId ?? '';
  const name = agents?.find(({ id }) => id === toAgentId)?.name ?? t('thread.somebody');
  const giveBack = (force = false) => {
    const forced = force ? { force } : {};
    verbs
      .run({ name: 'return', toAgentId, ...forced, ...noteIn(note) })
      .then(onClose, (error: unknown) => {
        setUnavailable(
          error instanceof ApiProblem && error.code === 'conversation.sender-unavailable',
        );
      });
  };
  const requeue = () => {
    verbs.run({ name: 'requeue' }).then(onClose, () => {});
  };
  return (
    <Dialog opened onClose={onClose} title={t('return.title', { name })} size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          giveBack();
        }}
        onKeyDown={submitByKeys}
      >
        <Stack gap="sm">
          <NoteField value={note} onChange={setNote} label={t('return.note', { name })} isFirst />
          {isUnavailable && (
            <Alert color="yellow" variant="outline" title={t('return.unavailable', { name })}>
              <Text size="sm">{t('return.instead')}</Text>
              <Group mt="xs" gap="xs">
                <Button size="compact-sm" variant="default" onClick={requeue}>
                  {t('verb.requeue')}
                </Button>
                {can('conversations.force') && (
                  <Button size="compact-sm" variant="default" onClick={() => giveBack(true)}>
                    {t('transfer.force')}
                  </Button>
                )}
              </Group>
            </Alert>
          )}
          <Group justify="flex-end" mt="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={verbs.busy}>
              {t('verb.return')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
