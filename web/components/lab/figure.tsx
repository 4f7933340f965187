// A figure of the lab with half of its 95 % interval beside it, for the eye and for a screen reader.
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Estimate } from './compare.ts';

/** `estimate`: null: there is nothing to tell. `sayCi`: as `say`, where nothing else is said. */
export function Figure(props: {
  estimate: Estimate | null;
  say: (value: number) => string;
  sayCi?: (value: number) => string;
}) {
  const { t } = useTranslation();
  const { estimate, say, sayCi = say } = props;
  if (estimate === null) return '–';
  const { value, ci } = estimate;
  if (ci === null) return say(value);
  const half = sayCi(ci);
  return (
    <>
      {say(value)}{' '}
      <Text span inherit c="dimmed" fz="0.85em" style={{ whiteSpace: 'nowrap' }}>
        <span aria-hidden>± {half}</span>
        <span className="spoken">{t('lab.plusMinus', { value: half })}</span>
      </Text>
    </>
  );
}
