// What happens to a conversation that a limit or the end of the hours meets, in words.
import { useTranslation } from 'react-i18next';

const PLAN = 'plan:';

export function useWordWay(): (way: string) => string {
  const { t } = useTranslation();
  return (way) => {
    if (way.startsWith(PLAN)) return t('plans.way.plan', { name: way.slice(PLAN.length) });
    return t(`plans.way.${way as 'queue' | 'message' | 'close'}`);
  };
}
