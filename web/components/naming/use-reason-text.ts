// The words of why-tab.tsx: with the names of who did something, as they are now.
import { useTranslation } from 'react-i18next';
import { declineReasons } from '../../../src/contract/offers.ts';
import type { Reason } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useNameActor } from './use-name-actor.ts';
import { wordReason } from './word-reason.ts';

export function useReasonText(): (reason: Reason) => string {
  const { i18n } = useTranslation();
  const format = useFormat();
  const nameActor = useNameActor();
  return (reason) => wordReason(reason, { i18n, format, nameActor });
}

/** How an agent's time with a conversation came to an end. */
export function useEndText(): (code: string) => string {
  const { t, i18n } = useTranslation();
  return (code) => {
    const key = `ended.${code}` as 'ended.closed';
    return i18n.exists(key) ? t(key) : code;
  };
}

/** What an agent said who declined it: ready reasons are worded, own words stay as they are. */
export function useDeclineText(): (reason: string) => string {
  const { t } = useTranslation();
  return (said) => {
    const ready = declineReasons.find((reason) => reason === said);
    return ready === undefined ? said : t(`offers.reason.${ready}`);
  };
}
