// The plans of the policy, as they stand in the draft.
import { useTranslation } from 'react-i18next';
import { Plans } from '../../../components/plans/plans.tsx';
import { useDraft } from '../../../components/routing-draft/use-draft.tsx';
import { Card } from '../../../ui/page.tsx';

export default function PlansPage() {
  const { t } = useTranslation();
  const { policy, set, replace, readOnly, faults, warnings } = useDraft();
  return (
    <Card title={t('routing.section.plans')} note={t('routing.plansText')}>
      <Plans
        policy={policy}
        onChange={(next, stepName) =>
          // What is typed letter by letter changes the plans alone, and is taken back as one step.
          stepName === undefined ? replace(next) : set('plans', next.plans, stepName)
        }
        disabled={readOnly}
        faults={faults}
        warnings={warnings}
      />
    </Card>
  );
}
