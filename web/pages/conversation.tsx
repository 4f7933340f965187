// One conversation: what was said, what to do with it, and who the customer is.

import { Skeleton } from '@mantine/core';
import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { channelKinds } from '../../src/contract/channel-kinds.ts';
import { conversationQuery, skillsQuery } from '../api/queries.ts';
import type { Conversation } from '../api/shapes.ts';
import { Composer } from '../components/composer.tsx';
import classes from '../components/conversation.module.css';
import { ConversationBarrier } from '../components/conversation-barrier.tsx';
import { ConversationHead } from '../components/conversation-head.tsx';
import { CustomerPanel } from '../components/customer-panel.tsx';
import { ErrorNote } from '../components/error-note.tsx';
import inbox from '../components/inbox.module.css';
import { OnDemand, partOf } from '../components/on-demand.tsx';
import { Thread } from '../components/thread.tsx';
import { useMayAct } from '../components/use-may-act.ts';
import { useOutbox } from '../components/use-outbox.ts';
import { useSession } from '../components/use-session.ts';
import { useVerbs } from '../components/use-verbs.ts';
import { useKeys } from '../live/use-keys.ts';
import type { InboxView } from '../paths.ts';

const closeDialog = partOf(
  async () => (await import('../components/close-dialog.tsx')).CloseDialog,
);
const transferDialog = partOf(
  async () => (await import('../components/transfer-dialog.tsx')).TransferDialog,
);
const requeueDialog = partOf(
  async () => (await import('../components/requeue-dialog.tsx')).RequeueDialog,
);

export type PanelTab = 'customer' | 'activity' | 'why';
type ConversationDialog = 'close' | 'transfer' | 'requeue';

export default function ConversationPage() {
  const { conversationId } = useParams({ strict: false }) as { conversationId: string };
  const query = useQuery(conversationQuery(conversationId));
  if (query.isError && query.data === undefined) {
    return (
      <main className={inbox.nothing}>
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
  const outbox = useOutbox(conversation.id);
  const panel = usePanel();
  const [dialog, setDialog] = useState<ConversationDialog | null>(null);
  const skills = useQuery(skillsQuery).data;
  const open = conversation.state !== 'closed';
  const acts = useMayAct()(conversation) && open;
  // Without skills there is nothing to ask.
  const requeue = () =>
    skills?.length === 0 ? verbs.start({ name: 'requeue' }) : setDialog('requeue');
  useKeys({
    take: () => open && conversation.agentId === null && verbs.take(),
    assign: () => acts && setDialog('transfer'),
    requeue: () => acts && conversation.state === 'assigned' && requeue(),
    close: () => acts && setDialog('close'),
    why: () => panel.toggle('why'),
    customer: () => panel.toggle('customer'),
  });
  return (
    <div className={classes.conversation} data-panel={panel.tab ?? undefined}>
      <main className={classes.main}>
        <ConversationHead
          conversation={conversation}
          view={view}
          verbs={verbs}
          panel={panel}
          onDialog={setDialog}
          onRequeue={requeue}
        />
        <Thread conversation={conversation} outbox={outbox} />
        <ConversationBarrier conversation={conversation} verbs={verbs} />
        {open && (
          <Composer
            conversation={conversation}
            outbox={outbox}
            notesOnly={
              channelKinds[conversation.channelKind].desk === 'remote' ||
              conversation.agentId !== user.agentId
            }
          />
        )}
      </main>
      {panel.tab !== null && (
        <CustomerPanel conversation={conversation} verbs={verbs} panel={panel} />
      )}
      {dialog === 'close' && (
        <OnDemand
          part={closeDialog}
          conversation={conversation}
          verbs={verbs}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === 'transfer' && (
        <OnDemand
          part={transferDialog}
          conversation={conversation}
          verbs={verbs}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === 'requeue' && (
        <OnDemand
          part={requeueDialog}
          conversation={conversation}
          onRequeue={(skillIds) => verbs.start({ name: 'requeue', skillIds })}
          onClose={() => setDialog(null)}
        />
      )}
    </div>
  );
}

export interface PanelState {
  tab: PanelTab | null;
  show(tab: PanelTab | null): void;
  toggle(tab: PanelTab): void;
}

/** Beside the conversation where there is room, and remembered; instead of it where there is none. */
function usePanel(): PanelState {
  const wide = useMediaQuery('(min-width: 75em)', true, { getInitialValueInEffect: false });
  const [kept, keep] = useLocalStorage<PanelTab | 'none'>({
    key: 'usher.panel',
    defaultValue: 'customer',
    getInitialValueInEffect: false,
  });
  const [over, setOver] = useState<PanelTab | null>(null);
  const tab = wide ? (kept === 'none' ? null : kept) : over;
  const show = (next: PanelTab | null) => {
    if (wide) keep(next ?? 'none');
    setOver(next);
  };
  return { tab, show, toggle: (next) => show(tab === next ? null : next) };
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
