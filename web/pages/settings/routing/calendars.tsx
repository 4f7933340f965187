// The calendars of the policy, as they stand in the draft.
import { useTranslation } from 'react-i18next';
import { Calendars } from '../../../components/calendars/calendars.tsx';
import { useDraft } from '../../../components/routing-draft/use-draft.tsx';
import { Card } from '../../../ui/page.tsx';

export default function CalendarsPage() {
  const { t } = useTranslation();
  const { policy, replace, readOnly, faults, warnings } = useDraft();
  return (
    <Card title={t('routing.section.calendars')} note={t('routing.calendarsText')}>
      <Calendars
        policy={policy}
        onChange={replace}
        disabled={readOnly}
        faults={faults}
        warnings={warnings}
      />
    </Card>
  );
}
