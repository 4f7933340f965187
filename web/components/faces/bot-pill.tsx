// Says of an agent that it is a program.
import { useTranslation } from 'react-i18next';
import { Pill } from '../../ui/pill.tsx';

/** Nothing for a person, or for nobody. */
export function BotPill({ kind }: { kind: string | null | undefined }) {
  const { t } = useTranslation();
  return kind === 'bot' && <Pill>{t('agent.bot')}</Pill>;
}
