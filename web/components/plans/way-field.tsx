// Where a conversation goes when the hours or a limit end its waiting as usual.
import { useTranslation } from 'react-i18next';
import { Select } from '../../ui/select.tsx';
import { useWordWay } from './use-word-way.ts';

export function WayField(props: {
  label: string;
  value: string;
  onChange(way: string): void;
  otherPlans: readonly string[];
  disabled: boolean;
  error: string | null;
}) {
  const { label, value, onChange, otherPlans, disabled, error } = props;
  const { t } = useTranslation();
  const wordWay = useWordWay();
  const ways = ['queue', 'message', 'close', ...otherPlans.map((name) => `plan:${name}`)];
  const known = ways.includes(value) ? ways : [...ways, value];
  const isPlan = value.startsWith('plan:');
  return (
    <Select
      label={label}
      description={isPlan ? t('plans.wayHint.plan') : t(`plans.wayHint.${value as 'queue'}`)}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      maw={420}
      searchable={known.length > 10}
      data={known.map((way) => ({ value: way, label: wordWay(way) }))}
      disabled={disabled}
      error={error}
      value={value}
      onChange={(way) => way !== null && onChange(way)}
    />
  );
}
