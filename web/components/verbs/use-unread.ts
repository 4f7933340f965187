// Leaves a conversation as unread as if it had not been opened, and goes back to its list.

import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../api/shapes.ts';
import { loadWords } from '../../i18n/start-i18n.ts';
import { type InboxView, paths } from '../../paths.ts';
import { toasts } from '../../ui/toasts.tsx';
import { problemText } from '../answers/problem-text.ts';
import { offerUndo } from './offer-undo.tsx';

export function useUnread({ id, lastMessage }: Conversation, view: InboxView): () => Promise<void> {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { t } = useTranslation();
  return async () => {
    try {
      const [{ markUnread, markReadAgain }] = await Promise.all([
        import('./mark-unread.ts'),
        loadWords('inbox'),
        // First away from it: what is looked at is read.
        navigate({ to: paths.inbox(view), search: true }),
      ]);
      await markUnread(queries, id);
      const undo = () => void markReadAgain(queries, id, lastMessage?.seq ?? 0).catch(() => {});
      offerUndo({ text: t('unread.done'), label: t('common.undo'), undo });
    } catch (error) {
      toasts.show({ message: problemText(error), color: 'red', autoClose: 8000 });
    }
  };
}
