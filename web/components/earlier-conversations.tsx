// What lies before: older messages of a conversation, and the customer's earlier conversations.
import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { contactConversationsQuery } from '../api/queries.ts';
import type { Conversation, Message } from '../api/shapes.ts';
import { useFormat } from '../i18n/use-format.ts';
import { fetchOlder, messagesQuery } from '../live/messages-cache.ts';
import { Said } from './said.tsx';
import classes from './thread.module.css';
import { ThreadSkeleton } from './thread-skeleton.tsx';

/** Asks for older messages before their place comes into view, again and again until it is out of it. */
export function OlderMessages({
  messages,
  conversationId,
}: {
  messages: Message[];
  conversationId: string;
}) {
  const queries = useQueryClient();
  const mark = useRef<HTMLDivElement>(null);
  const first = messages[0]?.seq ?? 1;
  const more = first > 1;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new watch tells at once whether the place is still in view; without one for each `first` the loading stops there
  useEffect(() => {
    if (!more || mark.current === null) return;
    let done = false;
    const watch = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting || done) return;
        done = true;
        void fetchOlder(queries, conversationId).catch(() => {
          done = false;
        });
      },
      // The margin counts from the box that scrolls; from the window it would count for nothing.
      { root: mark.current.closest('[role="log"]'), rootMargin: '3000px 0px 0px' },
    );
    watch.observe(mark.current);
    return () => watch.disconnect();
  }, [more, first, queries, conversationId]);
  return more ? <div ref={mark} style={{ height: 1 }} /> : null;
}

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
  return (
    <>
      <OlderMessages messages={data} conversationId={conversation.id} />
      <Said conversation={conversation} messages={data} readSeq={null} />
    </>
  );
}
