// Says why one cannot simply answer, and what would change that.

import { Button } from '@mantine/core';
import { IconHandGrab, IconRotate } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { canReopen, channelKinds } from '../../../src/contract/channel-kinds.ts';
import type { Conversation } from '../../api/shapes.ts';
import { withWords } from '../../i18n/start-i18n.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { partOf, WhenItComes } from '../on-demand/on-demand.tsx';
import { useSession } from '../session/use-session.ts';
import { useMayAct } from '../verbs/use-may-act.ts';
import type { useVerbs } from '../verbs/use-verbs.ts';
import classes from './conversation.module.css';

const offeredHere = partOf(async () => {
  const part = import('../offers/offered-here.tsx');
  return (await withWords(part, 'offers', 'whyNot')).OfferedHere;
});

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
    if (state === 'parked') return <SetAside conversation={conversation} />;
    const { id: conversationId, offeredUntil } = conversation;
    return (
      offeredUntil !== null && (
        <WhenItComes part={offeredHere} {...{ conversationId, offeredUntil }} />
      )
    );
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

/** One may write, which does not bring it back. */
function SetAside({ conversation: { parked } }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const until = parked?.until ?? null;
  return (
    <div className={classes.barrier}>
      <span>
        {until === null
          ? t('conversation.parkedUntilWritten')
          : t('conversation.parkedUntil', { time: format.full(until) })}
      </span>
    </div>
  );
}

function Closed({ conversation, verbs }: Parameters<typeof ConversationBarrier>[0]) {
  const { t } = useTranslation();
  const format = useFormat();
  const { closedAt, rating, channelKind } = conversation;
  const acts = useMayAct()(conversation);
  const reopens = canReopen(channelKind);
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
      {acts && !reopens && (
        <span>{t('conversation.notReopened', { name: channelKinds[channelKind].name })}</span>
      )}
      {acts && reopens && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconRotate size={15} />}
          loading={verbs.busy}
          onClick={verbs.reopen}
        >
          {t('verb.reopen')}
        </Button>
      )}
    </div>
  );
}
