// The conversation as it was said, the newest at the foot; older parts and earlier conversations above.
import { useQuery } from '@tanstack/react-query';
import { type MouseEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation, Message } from '../../api/shapes.ts';
import { withWords } from '../../i18n/start-i18n.ts';
import { useLive } from '../../live/live-provider.tsx';
import { messagesQuery } from '../../live/messages-cache.ts';
import { ErrorNote } from '../answers/error-note.tsx';
import { OnDemand, partOf } from '../on-demand/on-demand.tsx';
import type { ConversationOutbox } from '../outbox/use-outbox.ts';
import { EarlierConversations } from './earlier-conversations.tsx';
import { PendingMessage } from './pending-message.tsx';
import { Said } from './said.tsx';
import classes from './thread.module.css';
import { ThreadSkeleton } from './thread-skeleton.tsx';
import { useMarkRead } from './use-mark-read.ts';

const pictures = partOf(async () => (await withWords(import('./pictures.tsx'), 'inbox')).Pictures);

export function Thread(props: { conversation: Conversation; outbox: ConversationOutbox }) {
  const { conversation, outbox } = props;
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const query = useQuery(messagesQuery(conversation.id, conversation.lastMessage?.seq ?? 0));
  const messages = query.data;
  const readSeq = useMarkRead(conversation, messages);
  const [earlier, setEarlier] = useState(0);
  const [picture, setPicture] = useState<string | null>(null);
  const pending = usePending(outbox, messages);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: what is clicked is a link, which answers to Enter
    <div
      ref={scroller}
      className={classes.scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus
      tabIndex={0}
      role="log"
      onClick={(event) => setPicture(pictureOf(event) ?? picture)}
      aria-label={t('thread.label')}
    >
      <div className={classes.inner}>
        <EarlierConversations
          conversation={conversation}
          shown={earlier}
          onMore={() => setEarlier(earlier + 1)}
        />
        {query.isPending && <ThreadSkeleton />}
        {query.isError && messages === undefined && (
          <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
        )}
        {messages !== undefined && (
          <Said conversation={conversation} messages={messages} readSeq={readSeq} />
        )}
        {pending.map((one) => (
          <PendingMessage key={one.key} one={one} outbox={outbox} />
        ))}
        <TypingLine conversationId={conversation.id} />
      </div>
      {picture !== null && (
        <OnDemand
          part={pictures}
          {...{ conversation }}
          chosen={picture}
          onClose={() => setPicture(null)}
        />
      )}
    </div>
  );
}

/** null: something else was clicked, or it is to be opened elsewhere. */
function pictureOf(event: MouseEvent): string | null {
  const { target, button, metaKey, ctrlKey, shiftKey, altKey } = event;
  const link = (target as HTMLElement).closest('a[data-picture]');
  if (link === null || button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return null;
  event.preventDefault();
  return link.getAttribute('href');
}

/** News of an own message may come before its answer does: it stands in the thread once. */
function usePending({ outgoing }: ConversationOutbox, messages: Message[] | undefined) {
  return useMemo(() => {
    if (outgoing.length === 0) return outgoing;
    const said = new Set(messages?.map(({ clientMessageId }) => clientMessageId));
    return outgoing.filter(({ key }) => !said.has(key));
  }, [outgoing, messages]);
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
