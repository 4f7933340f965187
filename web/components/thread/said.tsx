// The messages of one conversation in groups, with days and events between them, and older ones on demand.
import { useQuery } from '@tanstack/react-query';
import { type CSSProperties, memo, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { agentsQuery, eventsQuery } from '../../api/queries.ts';
import type { Agent, Conversation, ConversationEvent, Message } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useToday } from '../../ui/use-now.ts';
import { type Cut, cutThread, type Stretch } from './cut-thread.ts';
import { areSame, type ThreadItem } from './group-messages.ts';
import { MessageGroup } from './message-group.tsx';
import { OlderMessages } from './older-messages.tsx';
import classes from './thread.module.css';
import { ThreadEvent } from './thread-event.tsx';
import { useDrawn } from './use-drawn.ts';

const none: ConversationEvent[] = [];

export function Said(props: {
  conversation: Conversation;
  messages: Message[];
  readSeq: number | null;
}) {
  const { conversation, readSeq } = props;
  const messages = useDrawn(props.messages);
  const events = useQuery(eventsQuery(conversation.id)).data;
  const agents = useQuery(agentsQuery).data;
  const before = useRef<Cut | null>(null);
  const cut = useMemo(
    () => cutThread({ messages, events: events ?? none, readSeq }, before.current),
    [messages, events, readSeq],
  );
  useEffect(() => {
    before.current = cut;
  }, [cut]);
  return (
    <>
      <OlderMessages
        first={props.messages[0]?.seq ?? 1}
        isDrawn={messages === props.messages}
        conversationId={conversation.id}
      />
      {cut.stretches.map((stretch) => (
        <StretchOfThread
          key={stretch.key}
          stretch={stretch}
          conversation={conversation}
          agents={agents}
        />
      ))}
    </>
  );
}

interface StretchProps {
  stretch: Stretch;
  conversation: Conversation;
  agents: Agent[] | undefined;
}

const StretchOfThread = memo(function StretchOfThread(props: StretchProps) {
  const { stretch, conversation, agents } = props;
  const nameOfAuthor = ({ authorKind, authorId }: Message) => {
    if (authorKind === 'contact') return conversation.contact.displayName;
    if (authorKind === 'system') return 'Usher';
    return agents?.find(({ id }) => id === authorId)?.name ?? conversation.agentName ?? 'Usher';
  };
  return (
    <div className={classes.stretch} style={guessHeight(stretch)}>
      {stretch.items.map((item) =>
        item.kind === 'group' ? (
          <MessageGroup
            key={item.key}
            messages={item.messages}
            side={item.side}
            name={nameOfAuthor(item.messages[0] as Message)}
            avatarUrl={item.side === 'them' ? conversation.contact.avatarUrl : null}
            conversationId={conversation.id}
            readSeq={conversation.contactReadSeq ?? 0}
          />
        ) : (
          <Between key={item.key} item={item} />
        ),
      )}
    </div>
  );
}, looksTheSame);

/** Stretches are cut anew with every few messages that are drawn; most hold the very same as before. */
function looksTheSame(before: StretchProps, now: StretchProps): boolean {
  return (
    before.conversation === now.conversation &&
    before.agents === now.agents &&
    (before.stretch === now.stretch || holdsTheSame(before.stretch, now.stretch))
  );
}

function holdsTheSame(before: Stretch, now: Stretch): boolean {
  return (
    before.items.length === now.items.length &&
    now.items.every((item, at) => isSame(before.items[at], item))
  );
}

function isSame(before: ThreadItem | undefined, now: ThreadItem): boolean {
  if (before?.kind !== 'group' || now.kind !== 'group') return before?.key === now.key;
  return areSame(before.messages, now.messages);
}

const MESSAGE_PX = 64;

/** Until it has been drawn once. */
function guessHeight({ messages }: Stretch): CSSProperties {
  return { containIntrinsicBlockSize: `auto ${messages * MESSAGE_PX}px` };
}

function Between({ item }: { item: Exclude<ThreadItem, { kind: 'group' }> }) {
  const { t } = useTranslation();
  if (item.kind === 'day') return <Day at={item.at} />;
  if (item.kind === 'new')
    return (
      <div className={classes.day} data-new>
        {t('thread.new')}
      </div>
    );
  return <ThreadEvent event={item.event} />;
}

function Day({ at }: { at: string }) {
  return <div className={classes.day}>{useFormat().dayName(at, useToday())}</div>;
}
