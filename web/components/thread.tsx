// The conversation as it was said, the newest at the foot; older parts and earlier conversations above.
import { Button, Skeleton, UnstyledButton } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { agentsQuery, contactConversationsQuery, eventsQuery } from '../api/queries.ts';
import type { Conversation, Message } from '../api/shapes.ts';
import { useFormat } from '../i18n/use-format.ts';
import { useLive } from '../live/live-provider.tsx';
import { fetchOlder, messagesQuery } from '../live/messages-cache.ts';
import { nameOf } from './conversation-row.tsx';
import { ErrorNote } from './error-note.tsx';
import { groupMessages, type ThreadItem } from './group-messages.ts';
import { MessageGroup } from './message-group.tsx';
import classes from './thread.module.css';
import { ThreadEvent } from './thread-event.tsx';
import { useMarkRead } from './use-mark-read.ts';
import type { Outgoing, useOutbox } from './use-outbox.ts';

export function Thread(props: {
  conversation: Conversation;
  outbox: ReturnType<typeof useOutbox>;
}) {
  const { conversation, outbox } = props;
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const query = useQuery(messagesQuery(conversation.id, conversation.lastMessage?.seq ?? 0));
  const messages = query.data;
  const readSeq = useMarkRead(conversation, messages);
  const [earlier, setEarlier] = useState(0);
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus
      tabIndex={0}
      role="log"
      aria-label={t('thread.label')}
    >
      <div className={classes.inner}>
        <Earlier
          conversation={conversation}
          shown={earlier}
          onMore={() => setEarlier(earlier + 1)}
        />
        {messages !== undefined && <Older messages={messages} conversationId={conversation.id} />}
        {query.isPending && <ThreadSkeleton />}
        {query.isError && messages === undefined && (
          <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
        )}
        {messages !== undefined && (
          <Said conversation={conversation} messages={messages} readSeq={readSeq} />
        )}
        {outbox.outgoing.map((one) => (
          <Pending key={one.key} one={one} outbox={outbox} />
        ))}
        <TypingLine conversationId={conversation.id} />
      </div>
    </div>
  );
}

function Said(props: { conversation: Conversation; messages: Message[]; readSeq: number | null }) {
  const { conversation, readSeq } = props;
  // Older messages are drawn between the frames of whoever scrolls to them; what is new stands there at once.
  const deferred = useDeferredValue(props.messages);
  const grown = deferred[0]?.seq !== props.messages[0]?.seq;
  const messages = grown ? deferred : props.messages;
  const events = useQuery(eventsQuery(conversation.id)).data;
  const agents = useQuery(agentsQuery).data;
  const items = useMemo(
    () => groupMessages({ messages, events: events ?? [], readSeq }),
    [messages, events, readSeq],
  );
  const nameOfAuthor = ({ authorKind, authorId }: Message) => {
    if (authorKind === 'contact') return nameOf(conversation);
    return agents?.find(({ id }) => id === authorId)?.name ?? conversation.agentName ?? 'Usher';
  };
  const customerRead = conversation.contactReadSeq ?? 0;
  return items.map((item) => (
    <Item
      key={item.key}
      item={item}
      conversation={conversation}
      nameOfAuthor={nameOfAuthor}
      readSeq={customerRead}
    />
  ));
}

function Item(props: {
  item: ThreadItem;
  conversation: Conversation;
  nameOfAuthor(message: Message): string;
  readSeq: number;
}) {
  const { item, conversation, nameOfAuthor, readSeq } = props;
  const { t } = useTranslation();
  const format = useFormat();
  if (item.kind === 'day') {
    return <div className={classes.day}>{format.dayName(item.at, Date.now())}</div>;
  }
  if (item.kind === 'new')
    return (
      <div className={classes.day} data-new>
        {t('thread.new')}
      </div>
    );
  if (item.kind === 'event') return <ThreadEvent event={item.event} />;
  return (
    <MessageGroup
      messages={item.messages}
      side={item.side}
      name={nameOfAuthor(item.messages[0] as Message)}
      avatarUrl={item.side === 'them' ? conversation.contact.avatarUrl : null}
      conversationId={conversation.id}
      readSeq={readSeq}
    />
  );
}

/** Asks for older messages before their place comes into view, again and again until it is out of it. */
function Older({ messages, conversationId }: { messages: Message[]; conversationId: string }) {
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
function Earlier(props: { conversation: Conversation; shown: number; onMore(): void }) {
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
      <Older messages={data} conversationId={conversation.id} />
      <Said conversation={conversation} messages={data} readSeq={null} />
    </>
  );
}

function Pending({ one, outbox }: { one: Outgoing; outbox: ReturnType<typeof useOutbox> }) {
  const { t } = useTranslation();
  const failed = one.error !== null;
  return (
    <div className={classes.group} data-side="us">
      <div />
      <div className={classes.bubbles}>
        <div
          className={classes.bubble}
          data-kind={one.note ? 'note' : 'text'}
          data-pending={!failed || undefined}
          data-failed={failed || undefined}
        >
          {one.text || one.attachments.map(({ name }) => name).join(', ')}
        </div>
        <div
          className={classes.foot}
          data-bad={failed || undefined}
          role={failed ? 'alert' : undefined}
        >
          {failed ? one.error : <IconClock size={14} aria-label={t('thread.sending')} />}
          {failed && (
            <>
              <UnstyledButton className={classes.retry} onClick={() => void outbox.attempt(one)}>
                {t('common.retry')}
              </UnstyledButton>
              <UnstyledButton className={classes.retry} onClick={() => outbox.drop(one.key)}>
                {t('common.discard')}
              </UnstyledButton>
            </>
          )}
        </div>
      </div>
    </div>
  );
}

function TypingLine({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation();
  const name = useLive().typing[conversationId];
  if (name === undefined) return null;
  return (
    <div className={classes.typing} role="status">
      <span className={classes.dots} aria-hidden>
        <i />
        <i />
        <i />
      </span>
      {t('thread.typing', { name: name || t('thread.customer') })}
    </div>
  );
}

function ThreadSkeleton() {
  return (
    <div aria-hidden>
      {[
        ['them', 55],
        ['them', 35],
        ['us', 60],
        ['them', 40],
        ['us', 30],
      ].map(([side, width]) => (
        <div key={`${side}-${width}`} className={classes.group} data-side={side}>
          <Skeleton circle height={28} />
          <div className={classes.bubbles}>
            <Skeleton height={36} radius={13} width={`${width}%`} />
          </div>
        </div>
      ))}
    </div>
  );
}
