// One conversation in the list: who, what was said last, how long it waits, who has it.
import { IconClock, IconPencil } from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import { type ComponentProps, type MouseEvent, memo } from 'react';
import { useTranslation } from 'react-i18next';
import { withoutDirections } from '../../../src/contract/visible-text.ts';
import type { Conversation } from '../../api/shapes.ts';
import { withWords } from '../../i18n/start-i18n.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useLive } from '../../live/live-provider.tsx';
import { useOnlookers } from '../../live/onlookers.ts';
import type { UnsentMessage } from '../../live/open-outbox.ts';
import { lastAt } from '../../live/patch-lists.ts';
import { toggleSelected, useSelection } from '../../live/selection.ts';
import { type InboxView, paths } from '../../paths.ts';
import { useToday } from '../../ui/use-now.ts';
import { BotPill } from '../faces/bot-pill.tsx';
import { ChannelIcon } from '../faces/channel-icon.tsx';
import { ContactFace } from '../faces/contact-face.tsx';
import { Due } from '../faces/due.tsx';
import { IdentityMark } from '../faces/identity-mark.tsx';
import { Parked } from '../faces/parked.tsx';
import { PriorityFlag } from '../faces/priority-flag.tsx';
import { Silence } from '../faces/silence.tsx';
import { Wait } from '../faces/wait.tsx';
import { useLastSaid } from '../naming/use-last-said.ts';
import { partOf, WhenItComes } from '../on-demand/on-demand.tsx';
import { useOutgoing } from '../outbox/outbox-provider.tsx';
import { useDraftOf } from '../outbox/use-draft-of.ts';
import { useSession } from '../session/use-session.ts';
import classes from './inbox.module.css';

const onlookers = partOf(
  async () => (await withWords(import('./row-onlookers.tsx'), 'together')).RowOnlookers,
);

export const ConversationRow = memo(function ConversationRow(props: {
  conversation: Conversation;
  view: InboxView;
  /** Of the address: what is searched and filtered for. */
  suffix: string;
  active: boolean;
}) {
  const { conversation, view, suffix, active } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const today = useToday();
  const { contact, state, priority, channelKind, agentName, agentKind, teamName } = conversation;
  const unread = useMineToRead(conversation);
  const name = conversation.contact.displayName;
  // Who waits for anybody at all waits for an answer, too.
  const awaited = conversation.awaitedSince ?? (state === 'waiting' ? conversation.queuedAt : null);
  const typing = useLive().typing[conversation.id] !== undefined;
  const isLookedAt = useOnlookers(conversation.id).length > 0;
  return (
    <RowLink
      id={conversation.id}
      href={`${paths.conversation(view, conversation.id)}${suffix}`}
      className={classes.row}
      data-active={active || undefined}
      data-unread={unread > 0 || undefined}
      aria-current={active ? 'true' : undefined}
    >
      <ContactFace name={name} url={contact.avatarUrl} size={36} />
      <div style={{ minWidth: 0 }}>
        <div className={classes.line}>
          <span className={`${classes.name} cut`}>{name}</span>
          <span className={classes.when}>{format.when(lastAt(conversation), today)}</span>
        </div>
        <div className={classes.line}>
          <span className={`${classes.preview} cut`}>
            {typing ? (
              <span className={classes.typing}>{t('inbox.typing')}</span>
            ) : (
              <Preview conversation={conversation} active={active} />
            )}
          </span>
          {unread > 0 && (
            <span className={classes.count} title={t('inbox.unread', { count: unread })}>
              {unread > 99 ? '99+' : unread}
            </span>
          )}
        </div>
        <div className={`${classes.line} ${classes.meta}`}>
          <ChannelIcon kind={channelKind} size={14} />
          <IdentityMark verified={contact.verified} />
          {awaited !== null && <Wait since={awaited} />}
          <Parked parked={conversation.parked} />
          <Due due={conversation.due} />
          <Silence silence={conversation.silence} />
          <PriorityFlag priority={priority} />
          {isLookedAt && <WhenItComes part={onlookers} conversationId={conversation.id} />}
          <span className="cut">
            {withoutDirections(
              [view === 'mine' || view === 'parked' ? null : agentName, teamName]
                .filter(Boolean)
                .join(' · '),
            )}
          </span>
          {view !== 'mine' && view !== 'parked' && <BotPill kind={agentKind} />}
        </div>
      </div>
    </RowLink>
  );
});

/** How many messages; what a colleague has, or nobody any more, is not mine to read. */
function useMineToRead({ agentId, state, unread }: Conversation): number {
  const { user } = useSession();
  return state === 'assigned' && agentId === user.agentId ? unread : 0;
}

/** For what flies past faster than anybody reads: enough to know where one is. */
export const PassingRow = memo(function PassingRow({
  conversation,
}: {
  conversation: Conversation;
}) {
  const name = conversation.contact.displayName;
  return (
    <div className={classes.row}>
      <ContactFace name={name} url={conversation.contact.avatarUrl} size={36} />
      <span className={`${classes.name} cut`}>{name}</span>
    </div>
  );
});

/** The router's own link watches every navigation and works out its address each time: too dear for what flies past. */
function RowLink({ href, id, ...props }: ComponentProps<'a'> & { href: string; id: string }) {
  const router = useRouter();
  const selection = useSelection();
  const picking = selection !== null;
  const follow = (event: MouseEvent) => {
    const { button, metaKey, ctrlKey, shiftKey, altKey } = event;
    if (button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return;
    event.preventDefault();
    if (picking) toggleSelected(id);
    else void router.navigate({ href });
  };
  const pick = (event: { preventDefault(): void }) => {
    event.preventDefault();
    toggleSelected(id);
  };
  return (
    <a
      href={href}
      {...props}
      {...(picking && { role: 'checkbox', 'aria-checked': selection.has(id) })}
      onClick={follow}
      onKeyDown={(event) => picking && event.key === ' ' && pick(event)}
      // A finger that stays.
      onContextMenu={(event) =>
        (event.nativeEvent as PointerEvent).pointerType === 'touch' && pick(event)
      }
    />
  );
}

function Preview({ conversation, active }: { conversation: Conversation; active: boolean }) {
  const { t } = useTranslation();
  const say = useLastSaid();
  const draft = useDraftOf(conversation.id);
  const unsent = useOutgoing().filter((one) => one.conversationId === conversation.id);
  // Somebody has to look at what was refused.
  const outgoing = unsent.find(({ problem }) => problem !== null) ?? unsent.at(-1);
  if (outgoing !== undefined) return <Unsent outgoing={outgoing} />;
  // What is open shows it where it is written.
  if (draft !== undefined && !active) {
    return (
      <>
        <span className={classes.draft}>
          <IconPencil size={12} /> {t('inbox.draft')}
        </span>{' '}
        {withoutDirections(draft)}
      </>
    );
  }
  return <>{say(conversation) ?? t('inbox.nothingSaid')}</>;
}

function Unsent({ outgoing: { problem, text } }: { outgoing: UnsentMessage }) {
  const { t } = useTranslation();
  if (problem !== null)
    return <span style={{ color: 'var(--bad)' }}>{t('inbox.notSent', { text })}</span>;
  return (
    <>
      <IconClock size={12} aria-label={t('thread.sending')} /> {withoutDirections(text)}
    </>
  );
}
