// A rating of one to five.
import { useTranslation } from 'react-i18next';

export function Stars({ score }: { score: number }) {
  const { t } = useTranslation();
  return (
    <span role="img" aria-label={t('contacts.stars', { score })} style={{ letterSpacing: 1 }}>
      {'★'.repeat(score)}
      <span style={{ opacity: 0.3 }}>{'★'.repeat(5 - score)}</span>
    </span>
  );
}
