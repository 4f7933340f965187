// What happens to a conversation that a limit or the end of the hours meets, in words. Pure.
import type { TFunction } from 'i18next';

const PLAN = 'plan:';

export function wordWay(way: string, t: TFunction): string {
  if (way.startsWith(PLAN)) return t('plans.way.plan', { name: way.slice(PLAN.length) });
  return t(`plans.way.${way as 'queue' | 'message' | 'close'}`);
}
