// The rules of the policy, as they stand in the draft.
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../../components/routing-draft/use-draft.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Card } from '../../../ui/page.tsx';
import { Table } from '../../../ui/table.tsx';

export default function RulesPage() {
  const { t } = useTranslation();
  const { policy } = useDraft();
  return (
    <Card title={t('routing.section.rules')} note={t('routing.rulesText')} flush>
      <Table
        label={t('routing.section.rules')}
        columns={[{ head: t('form.name'), cell: ({ name }) => name }]}
        rows={policy.rules ?? []}
        rowKey={({ name }) => name}
        empty={<EmptyState title={t('routing.rulesNone')} />}
      />
    </Card>
  );
}
