// The frame around every page of somebody who is signed in.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Outlet, useNavigate, useParams } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '../../../browser/server-clock.ts';
import { withoutDirections } from '../../../src/contract/visible-text.ts';
import { agentsQuery, countsQuery, offersQuery, sessionQuery } from '../../api/queries.ts';
import { readBrand } from '../../i18n/read-brand.ts';
import { loadWords, withWords } from '../../i18n/start-i18n.ts';
import { alertOf, titleWith } from '../../live/alerts.ts';
import type { Told } from '../../live/apply-hints.ts';
import { LiveProvider } from '../../live/live-provider.tsx';
import { readPushWish } from '../../live/push-wish.ts';
import { useKeys } from '../../live/use-keys.ts';
import { type InboxView, paths } from '../../paths.ts';
import { toasts } from '../../ui/toasts.tsx';
import { callContact } from '../naming/call-contact.ts';
import { useNameActor } from '../naming/use-name-actor.ts';
import { OnDemand, partOf, WhenItComes } from '../on-demand/on-demand.tsx';
import { OutboxProvider } from '../outbox/outbox-provider.tsx';
import { useAvailability } from '../session/use-availability.ts';
import { useCan, useSession } from '../session/use-session.ts';
import { undoLatest } from '../verbs/offer-undo.tsx';
import { ConfirmIdentity } from './confirm-identity.tsx';
import { Cover } from './cover.tsx';
import { findNews, isUnansweredNow, type News } from './find-news.ts';
import { hasKey } from './has-key.ts';
import { LineState } from './line-state.tsx';
import { OfflineBar } from './offline-bar.tsx';
import classes from './shell.module.css';
import { Sidebar } from './sidebar.tsx';
import { TabBar } from './tab-bar.tsx';

const commandBar = partOf(
  async () => (await withWords(import('./command-bar.tsx'), 'inbox')).default,
);
const startDialog = partOf(
  async () => (await withWords(import('../verbs/start-dialog.tsx'), 'together')).StartDialog,
);
const notices = partOf(async () => (await import('./notices.tsx')).Notices);
const pushAgain = partOf(async () => (await import('./push-again.tsx')).PushAgain);
const shortcutHelp = partOf(
  async () => (await withWords(import('./shortcut-help.tsx'), 'offers', 'inbox')).default,
);
const ownOffers = partOf(
  async () => (await withWords(import('../offers/own-offers.tsx'), 'offers', 'whyNot')).OwnOffers,
);
const offerBars = partOf(
  async () => (await withWords(import('../offers/offer-bars.tsx'), 'offers', 'whyNot')).OfferBars,
);

const mentionTeller = partOf(
  async () => (await withWords(import('./mention-teller.tsx'), 'inbox')).MentionTeller,
);

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
  const { toggle, mine } = useAvailability();
  const { user } = useSession();
  const can = useCan();
  const go = (to: string) => () => void navigate({ to });
  useQuery(agentsQuery);
  useTitle();
  const offers = useQuery(offersQuery).data;
  const mentions = useQuery(countsQuery).data?.mentions ?? 0;
  const isAway = mine?.availability === 'away' && mine.statusCause === 'missed-offers';
  useKeys({
    commands: () => setFinding(true),
    help: () => setHelp(true),
    toggleOnline: toggle,
    goMine: go(paths.inbox('mine')),
    goMentions: go(paths.mentions),
    undo: undoLatest,
    goParked: go(paths.inbox('parked')),
    goWaiting: go(paths.inbox('waiting')),
    goAll: go(paths.inbox('all')),
    goLive: go(paths.live),
    goContacts: go(paths.contacts),
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
        {(isAway || (offers?.missed.length ?? 0) > 0) && (
          <WhenItComes part={offerBars} isAway={isAway} />
        )}
        <div className={classes.content}>
          <Outlet />
        </div>
      </div>
      <TabBar />
      {mentions > 0 && <WhenItComes part={mentionTeller} count={mentions} />}
      {(offers?.items.length ?? 0) > 0 && <WhenItComes part={ownOffers} />}
      {readPushWish(user.id) === 'always' && <WhenItComes part={pushAgain} />}
      <Cover />
      <ConfirmIdentity />
      {finding && (
        <OnDemand
          part={commandBar}
          onClose={() => setFinding(false)}
          onHelp={() => setHelp(true)}
        />
      )}
      {can('conversations.work') && user.agentId !== null && <Starting />}
      {help && <OnDemand part={shortcutHelp} onClose={() => setHelp(false)} />}
    </div>
  );
}

/** Writing to somebody first, from wherever one is. */
function Starting() {
  const [starting, setStarting] = useState(false);
  useKeys({ start: () => setStarting(true) });
  return starting && <OnDemand part={startDialog} onClose={() => setStarting(false)} />;
}

function useTitle(): void {
  const { workspace } = useSession();
  const unread = useQuery(countsQuery).data?.unread ?? 0;
  const offered = useQuery(offersQuery).data?.items.length ?? 0;
  useEffect(() => {
    const name = readBrand().title ?? (workspace.name || 'Usher');
    document.title = titleWith(name, { unread, offered });
  }, [unread, offered, workspace.name]);
}

/** Sound and notification when something of mine is new, and a word on the screen when something was taken away. */
function useAnnouncements(): Told {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { t } = useTranslation();
  const nameBy = useNameActor();
  const { conversationId: shown } = useParams({ strict: false }) as { conversationId?: string };
  const can = useCan();
  const told = useRef(new Map<string, Set<string>>());

  return (before, now) => {
    const { id } = now;
    const me = queries.getQueryData(sessionQuery.queryKey)?.user.agentId ?? null;
    const news = findNews(before, now, { me, at: serverNow() });
    if (can('agents.write') && now.agentId !== me && isUnansweredNow(before, now, serverNow())) {
      alertOf({
        title: callContact(now.contact, t),
        text: t('alerts.unanswered', { name: now.agentName ?? '' }),
        onOpen: () => void navigate({ to: paths.conversation('all', id) }),
      });
    }
    const known = told.current.get(id) ?? new Set();
    if (news === null || known.has(news.key)) return;
    told.current.set(id, known.add(news.key));
    const tell = () => {
      const title = callContact(now.contact, t);
      const text = wordNews(news, { t, nameBy });
      // What is no longer one's own is said on the screen too, above all to whoever looks at it.
      if (news.kind === 'taken') toasts.show({ title, message: text, autoClose: 10_000 });
      const isSeen = id === shown && !document.hidden;
      if (isSeen && news.kind !== 'whispered' && news.kind !== 'taken') return;
      const view = views[news.kind] ?? 'mine';
      alertOf({ title, text, onOpen: () => void navigate({ to: paths.conversation(view, id) }) });
    };
    if (news.kind === 'message' || news.kind === 'assigned') tell();
    else void loadWords('together').then(tell, tell);
  };
}

/** Where what it tells of is found. */
const views: Partial<Record<News['kind'], InboxView>> = { consulted: 'consulted', taken: 'all' };

function wordNews(
  news: News,
  { t, nameBy }: { t: TFunction<'words'>; nameBy(by: string): string },
): string {
  if (news.kind === 'message') return news.text;
  if (news.kind === 'assigned') return t('alerts.assigned');
  const name = nameBy(news.by);
  const said = 'note' in news && news.note !== null ? ` “${withoutDirections(news.note)}”` : '';
  return `${t(`alerts.${news.kind}`, { name })}${said}`;
}
