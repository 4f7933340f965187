// The list of conversations beside the one that is open.

import { Outlet, useParams, useSearch } from '@tanstack/react-router';
import { ConversationList } from '../components/inbox/conversation-list.tsx';
import classes from '../components/inbox/inbox.module.css';
import type { InboxSearch } from '../components/inbox/inbox-filter.ts';
import type { InboxView } from '../paths.ts';

export default function InboxPage() {
  const { view, conversationId } = useParams({ strict: false }) as {
    view: InboxView;
    conversationId?: string;
  };
  const search = useSearch({ strict: false }) as InboxSearch;
  return (
    <div className={classes.inbox} data-open={conversationId !== undefined || undefined}>
      <ConversationList view={view} search={search} openId={conversationId} />
      <Outlet />
    </div>
  );
}
