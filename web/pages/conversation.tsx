// One conversation: its messages, its actions, and the customer.

import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { channelKinds } from '../../src/contract/channel-kinds.ts';
import { conversationQuery, skillsQuery } from '../api/queries.ts';
import type { Conversation } from '../api/shapes.ts';
import { ErrorNote } from '../components/answers/error-note.tsx';
import { Composer } from '../components/composer/composer.tsx';
import classes from '../components/conversation/conversation.module.css';
import { ConversationBarrier } from '../components/conversation/conversation-barrier.tsx';
import { ConversationHead } from '../components/conversation/conversation-head.tsx';
import { useMayAct } from '../components/conversation/use-may-act.ts';
import { OnDemand, partOf } from '../components/on-demand/on-demand.tsx';
import { useOutbox } from '../components/outbox/use-outbox.ts';
import { CustomerPanel } from '../components/panel/customer-panel.tsx';
import { usePanel } from '../components/panel/use-panel.ts';
import { useSession } from '../components/session/use-session.ts';
import { Thread } from '../components/thread/thread.tsx';
import { useVerbs } from '../components/verbs/use-verbs.ts';
import { useKeys } from '../live/use-keys.ts';
import type { InboxView } from '../paths.ts';
import ui from '../ui/ui.module.css';

const closeDialog = partOf(
  async () => (await import('../components/verbs/close-dialog.tsx')).CloseDialog,
);
const transferDialog = partOf(
  async () => (await import('../components/verbs/transfer-dialog.tsx')).TransferDialog,
);
const requeueDialog = partOf(
  async () => (await import('../components/verbs/requeue-dialog.tsx')).RequeueDialog,
);

type ConversationDialog = 'close' | 'transfer' | 'requeue';

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
      <Dialogs
        dialog={dialog}
        conversation={conversation}
        verbs={verbs}
        onClose={() => setDialog(null)}
      />
    </div>
  );
}

function Dialogs(props: {
  dialog: ConversationDialog | null;
  conversation: Conversation;
  verbs: ReturnType<typeof useVerbs>;
  onClose(): void;
}) {
  const { dialog, ...shared } = props;
  const { verbs, ...others } = shared;
  if (dialog === 'close') return <OnDemand part={closeDialog} {...shared} />;
  if (dialog === 'transfer') return <OnDemand part={transferDialog} {...shared} />;
  if (dialog === null) return null;
  const requeue = (skillIds: string[]) => verbs.start({ name: 'requeue', skillIds });
  return <OnDemand part={requeueDialog} {...others} onRequeue={requeue} />;
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
