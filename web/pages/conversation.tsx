// One conversation: its messages, its actions, and the customer.

import { Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { canReopen, channelKinds } from '../../src/contract/channel-kinds.ts';
import { conversationQuery, skillsQuery } from '../api/queries.ts';
import type { Conversation } from '../api/shapes.ts';
import { ErrorNote } from '../components/answers/error-note.tsx';
import { TranslateContext } from '../components/assistance/translate-context.ts';
import { useAssistant } from '../components/assistance/use-assistant.ts';
import { Composer } from '../components/composer/composer.tsx';
import classes from '../components/conversation/conversation.module.css';
import { ConversationBarrier } from '../components/conversation/conversation-barrier.tsx';
import { ConversationHead } from '../components/conversation/conversation-head.tsx';
import { isReturnable, wasHandedTo } from '../components/conversation/is-returnable.ts';
import { pathAfterClosing } from '../components/inbox/after-closing.ts';
import type { InboxSearch } from '../components/inbox/inbox-filter.ts';
import { OnDemand, partOf, WhenItComes } from '../components/on-demand/on-demand.tsx';
import { useOutbox } from '../components/outbox/use-outbox.ts';
import { CustomerPanel } from '../components/panel/customer-panel.tsx';
import { type PanelState, usePanel } from '../components/panel/use-panel.ts';
import { useCan, useSession } from '../components/session/use-session.ts';
import { Thread } from '../components/thread/thread.tsx';
import { mayPark } from '../components/verbs/park-times.ts';
import { useMayAct, useMayWhisper } from '../components/verbs/use-may-act.ts';
import { type Parker, usePark } from '../components/verbs/use-park.ts';
import { useUnread } from '../components/verbs/use-unread.ts';
import { useVerbs } from '../components/verbs/use-verbs.ts';
import { withWords } from '../i18n/start-i18n.ts';
import { useOnlookers } from '../live/onlookers.ts';
import { useKeys } from '../live/use-keys.ts';
import { useLook } from '../live/use-look.ts';
import type { InboxView } from '../paths.ts';
import ui from '../ui/ui.module.css';

const closeDialog = partOf(
  async () => (await import('../components/verbs/close-dialog.tsx')).CloseDialog,
);
const transferDialog = partOf(
  async () =>
    (await withWords(import('../components/verbs/transfer-dialog.tsx'), 'together', 'assistance'))
      .TransferDialog,
);
const requeueDialog = partOf(
  async () =>
    (await withWords(import('../components/verbs/requeue-dialog.tsx'), 'inbox')).RequeueDialog,
);

const parkDialog = partOf(
  async () => (await import('../components/verbs/park-dialog.tsx')).ParkDialog,
);

const consultDialog = partOf(
  async () =>
    (await withWords(import('../components/verbs/consult-dialog.tsx'), 'together')).ConsultDialog,
);
const returnDialog = partOf(
  async () =>
    (await withWords(import('../components/verbs/return-dialog.tsx'), 'together')).ReturnDialog,
);
const whisperDialog = partOf(
  async () =>
    (await withWords(import('../components/verbs/whisper-dialog.tsx'), 'together')).WhisperDialog,
);

const macroDialog = partOf(
  async () => (await import('../components/verbs/macro-dialog.tsx')).MacroDialog,
);

const company = partOf(
  async () =>
    (await withWords(import('../components/conversation/conversation-company.tsx'), 'together'))
      .ConversationCompany,
);

const writingLine = partOf(
  async () =>
    (await withWords(import('../components/conversation/writing-line.tsx'), 'together'))
      .WritingLine,
);

const tagDialog = partOf(
  async () => (await withWords(import('../components/verbs/tag-dialog.tsx'), 'inbox')).TagDialog,
);

const findBar = partOf(
  async () => (await withWords(import('../components/thread/find-bar.tsx'), 'inbox')).FindBar,
);

type ConversationDialog =
  | 'find'
  | 'close'
  | 'tag'
  | 'transfer'
  | 'requeue'
  | 'park'
  | 'consult'
  | 'return'
  | 'whisper'
  | 'macro';

export default function ConversationPage() {
  const { conversationId } = useParams({ strict: false }) as { conversationId: string };
  const query = useQuery(conversationQuery(conversationId));
  if (query.isError && query.data === undefined) {
    return (
      <main className={ui.nothing}>
        <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
      </main>
    );
  }
  if (query.data === undefined) return <PageSkeleton />;
  return <Opened key={conversationId} conversation={query.data} />;
}

function Opened({ conversation }: { conversation: Conversation }) {
  const { view } = useParams({ strict: false }) as { view: InboxView };
  const { user } = useSession();
  const verbs = useVerbs(conversation);
  const parker = usePark();
  const outbox = useOutbox(conversation.id);
  const panel = usePanel();
  const [dialog, setDialog] = useState<ConversationDialog | null>(null);
  const skills = useQuery(skillsQuery).data;
  const open = conversation.state !== 'closed';
  const acts = useMayAct()(conversation) && open;
  const assistant = useAssistant(acts);
  useLook(conversation.id);
  const isLookedAt = useOnlookers(conversation.id).length > 0;
  const isHeld = open && conversation.agentId !== null;
  const hasCompany = conversation.consulted.length > 0 || wasHandedTo(conversation, user.agentId);
  // Without skills there is nothing to ask.
  const requeue = () =>
    skills?.length === 0 ? verbs.start({ name: 'requeue' }) : setDialog('requeue');
  const unread = useUnread(conversation, view);
  const close = () => setDialog(null);
  useConversationKeys({ conversation, verbs, parker, panel, requeue, unread, ask: setDialog });
  return (
    <div className={classes.conversation} data-panel={panel.tab ?? undefined}>
      <main className={classes.main}>
        <ConversationHead
          {...{ conversation, view, verbs, panel }}
          onDialog={setDialog}
          onRequeue={requeue}
          onUnpark={() => parker.unpark(conversation)}
          onUnread={unread}
        />
        {hasCompany && (
          <WhenItComes
            part={company}
            {...{ conversation, verbs }}
            onReturn={() => setDialog('return')}
          />
        )}
        {dialog === 'find' && <OnDemand part={findBar} {...{ conversation }} onClose={close} />}
        <TranslateContext value={assistant.translation}>
          <Thread conversation={conversation} outbox={outbox} />
        </TranslateContext>
        {isLookedAt && <WhenItComes part={writingLine} conversationId={conversation.id} />}
        <ConversationBarrier conversation={conversation} verbs={verbs} />
        {open && (
          <Composer
            conversation={conversation}
            {...{ outbox, assistant }}
            notesOnly={
              channelKinds[conversation.channelKind].desk === 'remote' ||
              conversation.agentId !== user.agentId
            }
          />
        )}
      </main>
      {panel.tab !== null && (
        <CustomerPanel
          {...{ conversation, verbs, panel }}
          onConsult={acts && isHeld ? () => setDialog('consult') : null}
        />
      )}
      <Dialogs {...{ dialog, conversation, verbs, parker }} onClose={close} />
    </div>
  );
}

/** A key answers only where its verb can be done, so the command bar offers no other. */
function useConversationKeys(args: {
  conversation: Conversation;
  verbs: ReturnType<typeof useVerbs>;
  parker: Parker;
  panel: PanelState;
  requeue(): void;
  unread(): void;
  ask(dialog: ConversationDialog): void;
}): void {
  const { conversation, verbs, parker, panel, requeue, unread, ask } = args;
  const { user } = useSession();
  const can = useCan();
  const { state, agentId } = conversation;
  const open = state !== 'closed';
  const mayAct = useMayAct()(conversation);
  const acts = mayAct && open;
  const whispers = useMayWhisper()(conversation);
  useKeys({
    take: () => open && agentId === null && verbs.take(),
    ...(acts && { assign: () => ask('transfer'), close: () => ask('close') }),
    ...(mayAct && !open && canReopen(conversation.channelKind) && { reopen: verbs.reopen }),
    ...(acts && agentId !== null && { requeue, consult: () => ask('consult') }),
    ...(acts && state === 'parked' && { park: () => parker.unpark(conversation) }),
    ...(acts && mayPark(conversation) && { park: () => ask('park') }),
    ...(acts && isReturnable(conversation) && { giveBack: () => ask('return') }),
    ...(whispers && { whisper: () => ask('whisper') }),
    ...(can('conversations.work') && { tag: () => ask('tag') }),
    ...(state === 'assigned' && agentId === user.agentId && { unread }),
    find: () => ask('find'),
    why: () => panel.toggle('why'),
    customer: () => panel.toggle('customer'),
  });
}

function Dialogs(props: {
  dialog: ConversationDialog | null;
  conversation: Conversation;
  verbs: ReturnType<typeof useVerbs>;
  parker: Parker;
  onClose(): void;
}) {
  const { dialog, parker, ...shared } = props;
  const { verbs, ...others } = shared;
  const goOn = useGoOn(others.conversation);
  if (dialog === 'close') return <OnDemand part={closeDialog} {...shared} onClosing={goOn} />;
  if (dialog === 'transfer') return <OnDemand part={transferDialog} {...shared} />;
  if (dialog === 'consult') return <OnDemand part={consultDialog} {...shared} />;
  if (dialog === 'return') return <OnDemand part={returnDialog} {...shared} />;
  if (dialog === 'macro') return <OnDemand part={macroDialog} {...shared} />;
  if (dialog === 'whisper') return <OnDemand part={whisperDialog} {...shared} />;
  if (dialog === null || dialog === 'find') return null;
  if (dialog === 'tag') {
    const { conversation, onClose } = others;
    const choose = (tag: string, isOn: boolean) => {
      const { tags } = conversation;
      const changed = isOn ? tags.filter((one) => one !== tag) : [...tags, tag];
      verbs.start({ name: 'tags', tags: changed });
    };
    const { tags } = conversation;
    return <OnDemand part={tagDialog} {...{ tags, onClose }} onChoose={choose} />;
  }
  if (dialog === 'park') {
    const { conversation, onClose } = others;
    const park = (until: string | null) => parker.park(conversation, until);
    return <OnDemand part={parkDialog} onPark={park} onClose={onClose} />;
  }
  const requeue = (skillIds: string[]) => verbs.start({ name: 'requeue', skillIds });
  return <OnDemand part={requeueDialog} {...others} onRequeue={requeue} />;
}

/** To what its agent wants to see once it is closed. */
function useGoOn({ id }: Conversation): () => void {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { view } = useParams({ strict: false }) as { view: InboxView };
  const search = useSearch({ strict: false }) as InboxSearch;
  return () => {
    if (view === 'closed') return;
    void navigate({ to: pathAfterClosing(queries, { id, view, search }), search: true });
  };
}

function PageSkeleton() {
  const { t } = useTranslation();
  return (
    <main className={classes.main} aria-busy aria-label={t('common.loading')}>
      <div className={classes.head}>
        <Skeleton circle height={36} />
        <div className={classes.who}>
          <Skeleton height={12} width={140} />
          <Skeleton height={10} width={220} mt={8} />
        </div>
      </div>
    </main>
  );
}
