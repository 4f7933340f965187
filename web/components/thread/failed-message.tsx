// Why a message has not arrived, and its sending once more: fetched with the first one that failed.
import { UnstyledButton } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { conversationQuery } from '../../api/queries.ts';
import type { Message } from '../../api/shapes.ts';
import { useSave } from '../answers/use-save.ts';
import { wordOutcome } from '../naming/word-outcome.ts';
import { useSession } from '../session/use-session.ts';
import classes from './thread.module.css';

export function FailedMessage({
  message,
  conversationId,
}: {
  message: Message;
  conversationId: string;
}) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { user } = useSession();
  const holder = useQuery(conversationQuery(conversationId)).data?.agentId ?? null;
  const resend = useSave({
    send: () =>
      ask(client.POST('/api/v1/messages/{id}/resend', { params: { path: { id: message.id } } })),
    onDone: () => void queries.invalidateQueries({ queryKey: ['messages', conversationId] }),
  });
  return (
    <div className={classes.foot} data-bad>
      <IconAlertCircle size={14} />
      {t('thread.notDelivered', { reason: wordOutcome(message.delivery?.reason ?? '', t) })}
      {holder !== null && holder === user.agentId && (
        <UnstyledButton className={classes.retry} onClick={() => resend.mutate(undefined)}>
          {t('common.retry')}
        </UnstyledButton>
      )}
    </div>
  );
}
