// What happens to a conversation that a limit or the end of the hours meets, in the language of the page.
import { useTranslation } from 'react-i18next';
import { wordWay } from '../naming/word-way.ts';

export function useWordWay(): (way: string) => string {
  const { t } = useTranslation();
  return (way) => wordWay(way, t);
}
