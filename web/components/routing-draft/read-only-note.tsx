// Says to somebody who may look at the routing and not change it who may.
import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDraft } from './use-draft.tsx';

export function ReadOnlyNote() {
  const { t } = useTranslation();
  const { readOnly } = useDraft();
  if (!readOnly) return null;
  return (
    <Alert role="note" variant="outline" color="gray" mb="md">
      {t('routing.readOnly')}
    </Alert>
  );
}
