// Says why one cannot simply answer, and what would change that.
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../api/shapes.ts';
import { useFormat } from '../i18n/use-format.ts';
import classes from './conversation.module.css';
import { useNow } from './use-now.ts';
import { useSession } from './use-session.ts';
import type { useVerbs } from './use-verbs.ts';

const REOPEN_MS = 30_000;

export function ConversationBarrier(props: {
  conversation: Conversation;
  verbs: ReturnType<typeof useVerbs>;
}) {
  const { conversation, verbs } = props;
  const { t } = useTranslation();
  const { user } = useSession();
  const { state, channelKind, agentId } = conversation;
  if (state === 'closed') return <Closed conversation={conversation} verbs={verbs} />;
  if (channelKind === 'qiscus') {
    return (
      <div className={classes.barrier}>
        <span>{t('conversation.answeredElsewhere', { name: 'Qiscus' })}</span>
      </div>
    );
  }
  if (state === 'assigned' && agentId !== user.agentId && agentId !== null) {
    return (
      <div className={classes.barrier}>
        <span>
          {t('conversation.has', { name: conversation.agentName ?? t('thread.somebody') })}
        </span>
      </div>
    );
  }
  return null;
}

function Closed({ conversation, verbs }: Parameters<typeof ConversationBarrier>[0]) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const { closedAt, rating, channelKind } = conversation;
  const fresh =
    channelKind === 'webchat' && closedAt !== null && now - Date.parse(closedAt) < REOPEN_MS;
  const stars = rating === null || rating === undefined ? '' : ` · ${'★'.repeat(rating.score)}`;
  return (
    <div className={classes.barrier}>
      <span>
        {closedAt === null
          ? t('event.closed')
          : t('conversation.closedAt', { at: format.full(closedAt) })}
        {stars}
        {rating?.comment ? ` “${rating.comment}”` : ''}
      </span>
      {fresh && (
        <Button size="compact-sm" variant="default" onClick={() => verbs.start({ name: 'reopen' })}>
          {t('common.undo')}
        </Button>
      )}
    </div>
  );
}
