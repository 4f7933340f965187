// What was said last in a conversation, in one line, and by whom unless it was the contact.
import { useTranslation } from 'react-i18next';
import { isUnseen, withoutDirections } from '../../../src/contract/visible-text.ts';
import type { Conversation } from '../../api/shapes.ts';
import { useSession } from '../session/use-session.ts';

/** Null: nothing yet. */
export function useLastSaid(): (conversation: Conversation) => string | null {
  const { t } = useTranslation();
  const { user } = useSession();
  return ({ lastMessage, agentName }) => {
    if (lastMessage === null) return null;
    const said = withoutDirections(lastMessage.text);
    const text = said === '' ? t('inbox.file') : isUnseen(said) ? t('thread.blank') : said;
    const { authorKind, authorId, authorName } = lastMessage;
    if (authorKind === 'contact') return text;
    if (authorId !== null && authorId === user.agentId) return `${t('inbox.us')} ${text}`;
    const name = authorKind === 'system' ? 'Usher' : (authorName ?? agentName ?? 'Usher');
    return `${name}: ${text}`;
  };
}
