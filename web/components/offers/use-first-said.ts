// What the contact said first, as one text.
import { useTranslation } from 'react-i18next';
import { isUnseen, withoutDirections } from '../../../src/contract/visible-text.ts';
import type { Offer } from '../../api/shapes.ts';

/** Null: nothing yet. */
export function useFirstSaid(): (offer: Offer) => string | null {
  const { t } = useTranslation();
  return ({ firstMessage }) => {
    if (firstMessage === null) return null;
    const text = withoutDirections(firstMessage.text);
    const files = firstMessage.files > 0 ? t('offers.files', { count: firstMessage.files }) : null;
    if (text === '') return files ?? t('thread.blank');
    const seen = isUnseen(text) ? t('thread.blank') : text;
    return files === null ? seen : `${seen} (${files})`;
  };
}
