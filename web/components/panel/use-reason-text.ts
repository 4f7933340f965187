// The words of why-tab.tsx: with the names of who did something, as they are now.
import { useTranslation } from 'react-i18next';
import { serverNow } from '../../../browser/server-clock.ts';
import type { Reason, WhyNotReason } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useNameActor } from '../naming/use-name-actor.ts';
import { wordReason } from './word-reason.ts';
import { wordWhyNot } from './word-why-not.ts';

export function useReasonText(): (reason: Reason) => string {
  const { i18n } = useTranslation();
  const format = useFormat();
  const nameActor = useNameActor();
  return (reason) => wordReason(reason, { i18n, format, nameActor });
}

/** The same, of one agent. */
export function useWhyNotText(): (reason: WhyNotReason, name: string) => string {
  const { i18n } = useTranslation();
  const format = useFormat();
  const nameActor = useNameActor();
  return (reason, name) =>
    wordWhyNot(reason, { name, now: serverNow() }, { i18n, format, nameActor });
}

/** How an agent's time with a conversation came to an end. */
export function useEndText(): (code: string) => string {
  const { t, i18n } = useTranslation();
  return (code) => {
    const key = `ended.${code}` as 'ended.closed';
    return i18n.exists(key) ? t(key) : code;
  };
}
