// Who the conversation is with, who has it, and what can be done with it.
import { ActionIcon, Button } from '@mantine/core';
import {
  IconArrowForwardUp,
  IconArrowLeft,
  IconArrowsRightLeft,
  IconCheck,
  IconDots,
  IconHandGrab,
  IconLayoutSidebarRight,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { wordWait } from '../../../src/contract/policy/word-wait.ts';
import type { Conversation } from '../../api/shapes.ts';
import { withWords } from '../../i18n/start-i18n.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useOnlookers } from '../../live/onlookers.ts';
import { type InboxView, paths } from '../../paths.ts';
import { Pill } from '../../ui/pill.tsx';
import { BotPill } from '../faces/bot-pill.tsx';
import { ChannelIcon } from '../faces/channel-icon.tsx';
import { ContactFace } from '../faces/contact-face.tsx';
import { Due } from '../faces/due.tsx';
import { IdentityMark } from '../faces/identity-mark.tsx';
import { Parked } from '../faces/parked.tsx';
import { Silence } from '../faces/silence.tsx';
import { Wait } from '../faces/wait.tsx';
import { MenuOnDemand, partOf, WhenItComes } from '../on-demand/on-demand.tsx';
import { useCan, useSession } from '../session/use-session.ts';
import { useMayAct } from '../verbs/use-may-act.ts';
import classes from './conversation.module.css';
import type { ConversationActions } from './conversation-actions.ts';

const moreMenu = partOf(
  async () =>
    (await withWords(import('./conversation-menu.tsx'), 'together', 'inbox')).ConversationMenu,
);

const onlookerFaces = partOf(
  async () => (await withWords(import('./onlooker-faces.tsx'), 'together')).OnlookerFaces,
);

export function ConversationHead(props: ConversationActions & { view: InboxView }) {
  const { view, ...actions } = props;
  const { conversation, verbs, panel, onDialog } = actions;
  const { t } = useTranslation();
  const can = useCan();
  const { user } = useSession();
  const isLookedAt = useOnlookers(conversation.id).length > 0;
  const open = conversation.state !== 'closed';
  const isParked = conversation.state === 'parked';
  const works = can('conversations.work');
  const acts = useMayAct()(conversation);
  const takes = open && works && user.agentId !== null && conversation.agentId === null;
  return (
    <header className={classes.head}>
      <Back view={view} />
      <span className={classes.face}>
        <ContactFace
          name={conversation.contact.displayName}
          url={conversation.contact.avatarUrl}
          size={36}
        />
      </span>
      <Who conversation={conversation} />
      <div className={classes.actions}>
        {isLookedAt && <WhenItComes part={onlookerFaces} conversationId={conversation.id} />}
        {takes && (
          <Button
            size="compact-md"
            leftSection={<IconHandGrab size={16} />}
            onClick={verbs.take}
            loading={verbs.busy}
          >
            {t('verb.take')}
          </Button>
        )}
        {open && acts && (
          <ActionIcon
            data-tip={t('verb.transfer')}
            size={32}
            aria-label={t('verb.transfer')}
            onClick={() => onDialog('transfer')}
          >
            <IconArrowsRightLeft size={18} />
          </ActionIcon>
        )}
        {isParked && acts && <BringBack {...actions} />}
        {open && acts && !takes && !isParked && (
          <Button
            size="compact-md"
            variant="default"
            leftSection={<IconCheck size={16} />}
            onClick={() => onDialog('close')}
          >
            {t('verb.close')}
          </Button>
        )}
        <PanelToggle panel={panel} />
        {open && works && (
          <MenuOnDemand
            part={moreMenu}
            {...actions}
            takes={takes}
            acts={acts}
            target={
              <ActionIcon size={32} aria-label={t('common.more')}>
                <IconDots size={18} />
              </ActionIcon>
            }
          />
        )}
      </div>
    </header>
  );
}

function BringBack({ onUnpark, verbs }: ConversationActions) {
  const { t } = useTranslation();
  return (
    <Button
      size="compact-md"
      leftSection={<IconArrowForwardUp size={16} />}
      onClick={onUnpark}
      loading={verbs.busy}
    >
      {t('verb.unpark')}
    </Button>
  );
}

function Back({ view }: { view: InboxView }) {
  const { t } = useTranslation();
  return (
    <ActionIcon
      component={Link}
      to={paths.inbox(view)}
      size={34}
      className={classes.back}
      aria-label={t('common.back')}
    >
      <IconArrowLeft size={20} />
    </ActionIcon>
  );
}

function PanelToggle({ panel }: Pick<ConversationActions, 'panel'>) {
  const { t } = useTranslation();
  return (
    <ActionIcon
      data-tip={t('panel.toggle')}
      size={32}
      aria-label={t('panel.toggle')}
      aria-pressed={panel.tab !== null}
      onClick={() => (panel.tab === null ? panel.show('customer') : panel.show(null))}
    >
      <IconLayoutSidebarRight size={18} />
    </ActionIcon>
  );
}

/** The place, how long it waits on as its contact is told it, and how long it has waited. */
function InLine({ conversation }: { conversation: Conversation }) {
  const { t, i18n } = useTranslation();
  const { position, waitRange, due, queuedAt } = conversation;
  return (
    <>
      <span className="cut">
        {position === null ? t('state.waiting') : t('conversation.place', { position })}
        {waitRange && ` · ≈ ${wordWait(i18n.language, waitRange)}`}
      </span>
      {due === null && <Wait since={queuedAt} />}
    </>
  );
}

function Who({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const { user } = useSession();
  const { state, agentName, agentId, agentKind, teamName, plan, step } = conversation;
  const holder =
    agentId === user.agentId ? t('conversation.you') : (agentName ?? t('thread.somebody'));
  return (
    <div className={classes.who}>
      <h1 className="cut">{conversation.contact.displayName}</h1>
      <div className={classes.sub}>
        <ChannelIcon kind={conversation.channelKind} size={14} />
        <IdentityMark verified={conversation.contact.verified} />
        {state === 'parked' && <ParkedUntil conversation={conversation} />}
        {state === 'waiting' && <InLine conversation={conversation} />}
        {(state === 'assigned' || (state === 'parked' && agentId !== user.agentId)) && (
          <span className="cut">{t('conversation.with', { name: holder })}</span>
        )}
        {state === 'assigned' && <BotPill kind={agentKind} />}
        {state === 'closed' && <Pill>{t('state.closed')}</Pill>}
        <Due due={conversation.due} />
        <Silence silence={conversation.silence} />
        {teamName && state !== 'waiting' && (
          <span className={`${classes.wide} cut`}>· {teamName}</span>
        )}
        {plan !== null && state !== 'closed' && (
          <span className={`${classes.wide} cut`}>
            ·{' '}
            {step === null || state !== 'waiting'
              ? plan
              : t('conversation.planStep', { plan, step })}
          </span>
        )}
      </div>
    </div>
  );
}

function ParkedUntil({ conversation: { parked } }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const until = parked?.until ?? null;
  return (
    <>
      <Parked parked={parked} />
      {until !== null && (
        <span className="cut">{t('conversation.parkedUntil', { time: format.full(until) })}</span>
      )}
    </>
  );
}
