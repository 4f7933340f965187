// One conversation in the list: who, what was said last, how long it waits, who has it.
import { IconClock } from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import { type ComponentProps, type MouseEvent, memo } from 'react';
import { useTranslation } from 'react-i18next';
import { withoutDirections } from '../../../src/contract/visible-text.ts';
import type { Conversation } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useLive } from '../../live/live-provider.tsx';
import type { UnsentMessage } from '../../live/open-outbox.ts';
import { lastAt } from '../../live/patch-lists.ts';
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
import { useOutgoing } from '../outbox/outbox-provider.tsx';
import { useSession } from '../session/use-session.ts';
import classes from './inbox.module.css';

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
  const typing = useLive().typing[conversation.id] !== undefined;
  return (
    <RowLink
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
              <Preview conversation={conversation} />
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
          {state === 'waiting' && <Wait since={conversation.queuedAt} />}
          <Parked parked={conversation.parked} />
          <Due due={conversation.due} />
          <Silence silence={conversation.silence} />
          <PriorityFlag priority={priority} />
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
function RowLink({ href, ...props }: ComponentProps<'a'> & { href: string }) {
  const router = useRouter();
  const follow = (event: MouseEvent) => {
    const { button, metaKey, ctrlKey, shiftKey, altKey } = event;
    if (button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return;
    event.preventDefault();
    void router.navigate({ href });
  };
  return <a href={href} {...props} onClick={follow} />;
}

function Preview({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const say = useLastSaid();
  const unsent = useOutgoing().filter((one) => one.conversationId === conversation.id);
  // Somebody has to look at what was refused.
  const outgoing = unsent.find(({ problem }) => problem !== null) ?? unsent.at(-1);
  if (outgoing !== undefined) return <Unsent outgoing={outgoing} />;
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
