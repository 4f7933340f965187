// How long something takes, in the language of the page.
import { useTranslation } from 'react-i18next';
import { wordTime } from '../naming/word-time.ts';

export function useWordTime(): (seconds: number) => string {
  const { t, i18n } = useTranslation();
  return (seconds) => (seconds === 0 ? t('plans.atOnce') : wordTime(seconds, i18n.language));
}
