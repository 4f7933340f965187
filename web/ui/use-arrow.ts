// The sign between what was and what becomes of it: it points on, in the direction of reading.
import { useTranslation } from 'react-i18next';

export function useArrow(): '→' | '←' {
  const { i18n } = useTranslation();
  return i18n.dir() === 'rtl' ? '←' : '→';
}
