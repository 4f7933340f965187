// What lies before: the customer's earlier conversations.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { contactConversationsQuery } from '../../api/queries.ts';
import type { Conversation } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { messagesQuery } from '../../live/messages-cache.ts';
import { Said } from './said.tsx';
import classes from './thread.module.css';
import { ThreadSkeleton } from './thread-skeleton.tsx';

/** What the same customer talked about before, one conversation at a time. */
export function EarlierConversations(props: {
  conversation: Conversation;
  shown: number;
  onMore(): void;
}) {
  const { conversation, shown, onMore } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useQuery(contactConversationsQuery(conversation.contact.id));
  const before = (data ?? [])
    .filter(({ id, queuedAt }) => id !== conversation.id && queuedAt < conversation.queuedAt)
    .sort((a, b) => b.queuedAt.localeCompare(a.queuedAt));
  const next = before[shown];
  return (
    <>
      {next && (
        <div className={classes.older}>
          <Button size="compact-sm" variant="default" onClick={onMore}>
            {t('thread.earlier', { day: format.day(next.queuedAt) })}
          </Button>
        </div>
      )}
      {before
        .slice(0, shown)
        .reverse()
        .map((one) => (
          <EarlierMessages key={one.id} conversation={one} />
        ))}
    </>
  );
}

function EarlierMessages({ conversation }: { conversation: Conversation }) {
  const seq = conversation.lastMessage?.seq ?? 0;
  const { data } = useQuery(messagesQuery(conversation.id, seq));
  if (data === undefined) return <ThreadSkeleton />;
  return <Said conversation={conversation} messages={data} readSeq={null} />;
}
