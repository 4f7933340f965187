// The messages of one conversation in groups, with the days and what happened between them.
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { agentsQuery, eventsQuery } from '../api/queries.ts';
import type { Conversation, Message } from '../api/shapes.ts';
import { useFormat } from '../i18n/use-format.ts';
import { nameOf } from './conversation-row.tsx';
import { groupMessages, type ThreadItem } from './group-messages.ts';
import { MessageGroup } from './message-group.tsx';
import classes from './thread.module.css';
import { ThreadEvent } from './thread-event.tsx';

export function Said(props: {
  conversation: Conversation;
  messages: Message[];
  readSeq: number | null;
}) {
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
