// Whom a note names: what offers them is fetched with the first @.
import { type KeyboardEvent, type RefObject, useRef } from 'react';
import { withWords } from '../../i18n/start-i18n.ts';
import { partOf, WhenItComes } from '../on-demand/on-demand.tsx';
import type { useDraft } from './use-draft.ts';

const mentionMenu = partOf(
  async () => (await withWords(import('./mention-menu.tsx'), 'inbox')).MentionMenu,
);

export function useMentions(args: {
  conversationId: string;
  draft: Pick<ReturnType<typeof useDraft>, 'note' | 'text' | 'setText'>;
  field: RefObject<HTMLTextAreaElement | null>;
}) {
  const { conversationId, draft, field } = args;
  const { note, text, setText: onText } = draft;
  const keys = useRef<((event: KeyboardEvent) => boolean) | null>(null);
  const menu = note && text.includes('@') && (
    <WhenItComes part={mentionMenu} {...{ conversationId, text, onText, field, keys }} />
  );
  /** true: the key was ours. */
  const onKey = (event: KeyboardEvent) => keys.current?.(event) === true;
  return { menu, onKey };
}
