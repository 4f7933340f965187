// Leads from a row of a report to that person's day.
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { paths } from '../../paths.ts';

export function DayLink({ agentId }: { agentId: string }) {
  const { t } = useTranslation();
  if (agentId === 'none') return null;
  return (
    <Link to={paths.day} search={{ agent: agentId } as never}>
      {t('day.open')}
    </Link>
  );
}
