// The frame around every page of somebody who is signed in.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Outlet, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '../../../browser/server-clock.ts';
import { withoutDirections } from '../../../src/contract/visible-text.ts';
import { agentsQuery, countsQuery, sessionQuery } from '../../api/queries.ts';
import type { Conversation } from '../../api/shapes.ts';
import { readBrand } from '../../i18n/read-brand.ts';
import { alertOf, titleWith } from '../../live/alerts.ts';
import type { Told } from '../../live/apply-hints.ts';
import { LiveProvider } from '../../live/live-provider.tsx';
import { useKeys } from '../../live/use-keys.ts';
import { paths } from '../../paths.ts';
import { callContact } from '../naming/call-contact.ts';
import { OnDemand, partOf, WhenItComes } from '../on-demand/on-demand.tsx';
import { OutboxProvider } from '../outbox/outbox-provider.tsx';
import { useAvailability } from '../session/use-availability.ts';
import { useCan, useSession } from '../session/use-session.ts';
import { ConfirmIdentity } from './confirm-identity.tsx';
import { Cover } from './cover.tsx';
import { hasKey } from './has-key.ts';
import { LineState } from './line-state.tsx';
import { OfflineBar } from './offline-bar.tsx';
import classes from './shell.module.css';
import { Sidebar } from './sidebar.tsx';
import { TabBar } from './tab-bar.tsx';

const commandBar = partOf(async () => (await import('./command-bar.tsx')).default);
const notices = partOf(async () => (await import('./notices.tsx')).Notices);
const shortcutHelp = partOf(async () => (await import('./shortcut-help.tsx')).default);

export function AppShell() {
  const session = useSession();
  const announce = useAnnouncements();
  return (
    <LiveProvider agentId={session.user.agentId} onConversation={announce}>
      <OutboxProvider session={session}>
        <Frame />
      </OutboxProvider>
    </LiveProvider>
  );
}

function Frame() {
  const navigate = useNavigate();
  const [help, setHelp] = useState(false);
  const [finding, setFinding] = useState(false);
  const { toggle } = useAvailability();
  const can = useCan();
  const go = (to: string) => () => void navigate({ to });
  useQuery(agentsQuery);
  useTitle();
  useKeys({
    commands: () => setFinding(true),
    help: () => setHelp(true),
    toggleOnline: toggle,
    goMine: go(paths.inbox('mine')),
    goWaiting: go(paths.inbox('waiting')),
    goAll: go(paths.inbox('all')),
    goLive: go(paths.live),
    ...(hasKey('goReports', can) && { goReports: go(paths.reports) }),
    ...(hasKey('goSettings', can) && { goSettings: go('/settings') }),
  });
  return (
    <div className={classes.shell}>
      <Sidebar onFind={() => setFinding(true)} onHelp={() => setHelp(true)} />
      <div className={classes.main}>
        {can('notices.read') && <WhenItComes part={notices} />}
        <LineState className={classes.lost} />
        <OfflineBar />
        <div className={classes.content}>
          <Outlet />
        </div>
      </div>
      <TabBar />
      <Cover />
      <ConfirmIdentity />
      {finding && (
        <OnDemand
          part={commandBar}
          onClose={() => setFinding(false)}
          onHelp={() => setHelp(true)}
        />
      )}
      {help && <OnDemand part={shortcutHelp} onClose={() => setHelp(false)} />}
    </div>
  );
}

function useTitle(): void {
  const { workspace } = useSession();
  const unread = useQuery(countsQuery).data?.unread ?? 0;
  useEffect(() => {
    document.title = titleWith(readBrand().title ?? (workspace.name || 'Usher'), unread);
  }, [unread, workspace.name]);
}

/** Sound and notification when something of mine is new: a conversation given to me, or a message. */
function useAnnouncements(): Told {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { t } = useTranslation();
  const { conversationId: shown } = useParams({ strict: false }) as { conversationId?: string };
  const told = useRef(new Map<string, number>());

  return (before, now) => {
    const { id } = now;
    const me = queries.getQueryData(sessionQuery.queryKey)?.user.agentId;
    const news = now.agentId === me ? newsOf(before, now, serverNow()) : null;
    const seq = now.lastMessage?.seq ?? 0;
    if (news === null || (told.current.get(id) ?? -1) >= seq) return;
    told.current.set(id, seq);
    if (id === shown && !document.hidden) return;
    alertOf({
      title: callContact(now.contact, t),
      text: news.text ?? t('alerts.assigned'),
      onOpen: () => void navigate({ to: paths.conversation('mine', id) }),
    });
  };
}

/** Null: nothing that whoever has it must be told. Without a text: it has just been given. */
function newsOf(
  before: Conversation | undefined,
  now: Conversation,
  at: number,
): { text: string | null } | null {
  if (now.state !== 'assigned') return null;
  if (now.lastMessage?.authorKind === 'contact' && now.unread > 0) {
    return { text: withoutDirections(now.lastMessage.text) };
  }
  const isNew = before?.agentId !== now.agentId && at - Date.parse(now.assignedAt ?? '') < 30_000;
  return isNew ? { text: null } : null;
}
