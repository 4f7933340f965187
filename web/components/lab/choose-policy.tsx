// By which policy is simulated: the one in force, or what is drafted under Routing.
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function ChoosePolicy(props: { byDraft: boolean; onChange(byDraft: boolean): void }) {
  const { t } = useTranslation();
  return (
    <Select
      label={t('lab.policy')}
      w={220}
      data={[
        { value: 'kept', label: t('lab.policyKept') },
        { value: 'draft', label: t('lab.policyDraft') },
      ]}
      value={props.byDraft ? 'draft' : 'kept'}
      onChange={(value) => props.onChange(value === 'draft')}
    />
  );
}
