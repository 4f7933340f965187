// Conversations that can be moved: dragged, or by the menu of each, which says the same to the keyboard.
import { Button, Menu, Skeleton, UnstyledButton } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowsRightLeft,
  IconGripVertical,
  IconMessage,
} from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { conversationsQuery } from '../../api/queries.ts';
import type { Conversation, ConversationFilter } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useLive } from '../../live/live-provider.tsx';
import { paths } from '../../paths.ts';
import { useNow } from '../../ui/use-now.ts';
import { ErrorNote } from '../answers/error-note.tsx';
import { BotPill } from '../faces/bot-pill.tsx';
import { ChannelIcon } from '../faces/channel-icon.tsx';
import { Due } from '../faces/due.tsx';
import { IdentityMark } from '../faces/identity-mark.tsx';
import { Parked } from '../faces/parked.tsx';
import { PriorityFlag } from '../faces/priority-flag.tsx';
import { Silence } from '../faces/silence.tsx';
import { Wait } from '../faces/wait.tsx';
import type { Mover } from '../verbs/use-mover.ts';
import { usePark } from '../verbs/use-park.ts';
import classes from './live.module.css';

const SHOWN_AT_FIRST = 12;
const UNTOLD_REFRESH_MS = 10_000;

export function HeldConversations(props: {
  label: string;
  filter: ConversationFilter;
  mover: Mover;
  /** Says whose each is: it does not stand below its agent. */
  namesAgents?: boolean;
  /** Said when there is none. */
  empty?: string;
}) {
  const { label, filter, mover, namesAgents = false, empty } = props;
  const { t } = useTranslation();
  const [most, setMost] = useState(SHOWN_AT_FIRST);
  // Whoever has no line is told of nothing.
  const refetchInterval = useLive().line === null && UNTOLD_REFRESH_MS;
  const query = useInfiniteQuery({ ...conversationsQuery(filter), refetchInterval });
  const rows = query.data?.pages.flatMap(({ items }) => items);
  if (rows === undefined) {
    if (query.isError)
      return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
    return <Skeleton height={28} width={220} />;
  }
  if (rows.length === 0 && empty !== undefined) return <p className={classes.none}>{empty}</p>;
  const more = rows.length > most || query.hasNextPage;
  return (
    <ul className={classes.held} aria-label={label}>
      {rows.slice(0, most).map((conversation) => (
        <li key={conversation.id}>
          <Movable {...{ conversation, mover, namesAgents }} />
        </li>
      ))}
      {more && (
        <li>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              setMost(most + 50);
              if (rows.length < most + 50 && query.hasNextPage) void query.fetchNextPage();
            }}
          >
            {t('common.showMore')}
          </Button>
        </li>
      )}
    </ul>
  );
}

function Movable(props: { conversation: Conversation; mover: Mover; namesAgents: boolean }) {
  const { conversation, mover, namesAgents } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const parker = usePark();
  const name = conversation.contact.displayName;
  return (
    <Menu position="bottom-start" width={200}>
      <Menu.Target>
        <UnstyledButton
          className={classes.movable}
          draggable
          title={t('live.moveOf', { name })}
          onDragStart={(event) => {
            event.dataTransfer.effectAllowed = 'move';
            event.dataTransfer.setData('text/plain', name);
            mover.drag(conversation);
          }}
          onDragEnd={() => mover.drag(null)}
        >
          <IconGripVertical size={14} className={classes.grip} />
          <ChannelIcon kind={conversation.channelKind} size={14} />
          <span className="cut">{name}</span>
          <IdentityMark verified={conversation.contact.verified} />
          <PriorityFlag priority={conversation.priority} />
          <Due due={conversation.due} />
          <Silence silence={conversation.silence} />
          <Parked parked={conversation.parked} />
          {namesAgents ? (
            <>
              <span className={`${classes.since} cut`}>{conversation.agentName}</span>
              <BotPill kind={conversation.agentKind} />
            </>
          ) : conversation.state === 'assigned' ? (
            <HeldFor since={conversation.assignedAt ?? conversation.queuedAt} />
          ) : (
            conversation.state === 'waiting' &&
            conversation.due === null && <Wait since={conversation.queuedAt} />
          )}
          {conversation.state === 'waiting' && conversation.plan !== null && (
            <span className={`${classes.since} cut`}>
              {t('conversation.planStep', {
                plan: conversation.plan,
                step: conversation.step ?? 1,
              })}
            </span>
          )}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconArrowsRightLeft size={16} />}
          onClick={() => mover.choose(conversation)}
        >
          {t('live.move')}
        </Menu.Item>
        {conversation.state === 'parked' && (
          <Menu.Item
            leftSection={<IconArrowForwardUp size={16} />}
            onClick={() => parker.unpark(conversation)}
          >
            {t('verb.unpark')}
          </Menu.Item>
        )}
        {conversation.agentId !== null && (
          <Menu.Item
            leftSection={<IconArrowBackUp size={16} />}
            onClick={() => mover.requeue(conversation)}
          >
            {t('verb.requeue')}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconMessage size={16} />}
          onClick={() => void navigate({ to: paths.conversation('all', conversation.id) })}
        >
          {t('common.open')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function HeldFor({ since }: { since: string }) {
  const format = useFormat();
  const now = useNow();
  return <span className={classes.since}>{format.span((now - Date.parse(since)) / 1000)}</span>;
}
