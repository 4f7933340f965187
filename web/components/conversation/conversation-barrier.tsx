// Says why one cannot simply answer, and what would change that.

import { Button } from '@mantine/core';
import { IconHandGrab } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { canReopen, channelKinds } from '../../../src/contract/channel-kinds.ts';
import type { Conversation } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useNow } from '../../ui/use-now.ts';
import { useSession } from '../session/use-session.ts';
import type { useVerbs } from '../verbs/use-verbs.ts';
import classes from './conversation.module.css';
import { useMayAct } from './use-may-act.ts';

const REOPEN_MS = 30_000;

export function ConversationBarrier(props: {
  conversation: Conversation;
  verbs: ReturnType<typeof useVerbs>;
}) {
  const { conversation, verbs } = props;
  const { t } = useTranslation();
  const { user } = useSession();
  const acts = useMayAct()(conversation);
  const { state, channelKind, agentId } = conversation;
  if (state === 'closed') return <Closed conversation={conversation} verbs={verbs} />;
  const takeOver = user.agentId !== null && (
    <Button
      size="compact-sm"
      variant="default"
      loading={verbs.busy}
      leftSection={<IconHandGrab size={15} />}
      onClick={verbs.takeOver}
    >
      {t('verb.takeOver')}
    </Button>
  );
  const { desk, name: system } = channelKinds[channelKind];
  if (desk === 'remote') {
    return (
      <div className={classes.barrier}>
        <span>{t('conversation.answeredElsewhere', { name: system })}</span>
        {!acts && takeOver}
      </div>
    );
  }
  if (agentId === user.agentId && agentId !== null) {
    return conversation.offeredUntil === null ? null : <Offered {...props} />;
  }
  if (agentId === null) {
    return (
      <div className={classes.barrier}>
        <span>{t('conversation.waits')}</span>
      </div>
    );
  }
  const name = conversation.agentName ?? t('thread.somebody');
  return (
    <div className={classes.barrier}>
      <span>
        {t('conversation.has', { name })} {t('conversation.takeOverHint', { name })}
      </span>
      {takeOver}
    </div>
  );
}

/** Given on condition that one accepts: by the button, or by answering. */
function Offered({ conversation, verbs }: Parameters<typeof ConversationBarrier>[0]) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const left = (Date.parse(conversation.offeredUntil ?? '') - now) / 1000;
  return (
    <section className={classes.barrier} aria-label={t('verb.accept')}>
      <span>{t('conversation.offered')}</span>
      <div className={classes.choices}>
        {left > 0 && (
          <span aria-hidden>
            {t('conversation.offeredFor', { time: format.span(Math.ceil(left)) })}
          </span>
        )}
        <Button
          size="compact-sm"
          variant="default"
          disabled={verbs.busy}
          onClick={() => verbs.start({ name: 'decline' })}
        >
          {t('verb.decline')}
        </Button>
        <Button
          size="compact-sm"
          disabled={verbs.busy}
          onClick={() => verbs.start({ name: 'accept' })}
        >
          {t('verb.accept')}
        </Button>
      </div>
    </section>
  );
}

function Closed({ conversation, verbs }: Parameters<typeof ConversationBarrier>[0]) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const { closedAt, rating, channelKind } = conversation;
  const acts = useMayAct()(conversation);
  const fresh =
    acts && canReopen(channelKind) && closedAt !== null && now - Date.parse(closedAt) < REOPEN_MS;
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
