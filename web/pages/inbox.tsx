// The list of conversations beside the one that is open.

import { Outlet, useParams, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ConversationList } from '../components/conversation-list.tsx';
import classes from '../components/inbox.module.css';
import type { InboxSearch } from '../components/inbox-filter.ts';
import type { InboxView } from '../paths.ts';

export default function InboxPage() {
  const { view, conversationId } = useParams({ strict: false }) as {
    view: InboxView;
    conversationId?: string;
  };
  const search = useSearch({ strict: false }) as InboxSearch;
  // Fetched while the list is read, so that the first conversation opens at once.
  useEffect(() => {
    const timer = setTimeout(() => void import('./conversation.tsx'), 500);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={classes.inbox} data-open={conversationId !== undefined || undefined}>
      <ConversationList view={view} search={search} openId={conversationId} />
      <Outlet />
    </div>
  );
}
