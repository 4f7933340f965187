// What bounds what an agent is given: limits per channel, pace and wrap-up; each may be left to the workspace.
import { NumberInput, SimpleGrid, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LimitsField } from './limits-field.tsx';

export interface OwnBounds {
  /** null: the workspace's. */
  limits: Record<string, number> | null;
  /** Empty: the workspace's. */
  pace: number | string;
  wrapUp: number | string;
}

const MOST_SECONDS = 3600;

export function BoundsFields(props: {
  value: OwnBounds;
  onChange(part: Partial<OwnBounds>): void;
}) {
  const { value, onChange } = props;
  const { t } = useTranslation();
  const seconds = {
    ...{ min: 0, max: MOST_SECONDS, suffix: ` ${t('seconds.sign')}`, allowDecimal: false },
    ...{ clampBehavior: 'strict' as const, placeholder: t('agent.useDefault') },
  };
  return (
    <>
      <Switch
        label={t('agent.ownLimits')}
        description={t('agent.ownLimitsHint')}
        checked={value.limits !== null}
        onChange={(event) => onChange({ limits: event.currentTarget.checked ? {} : null })}
      />
      {value.limits !== null && (
        <LimitsField value={value.limits} onChange={(limits) => onChange({ limits })} />
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" style={{ alignItems: 'end' }}>
        <NumberInput
          label={t('agent.pace')}
          description={t('agent.paceHint')}
          {...seconds}
          value={value.pace}
          onChange={(pace) => onChange({ pace })}
        />
        <NumberInput
          label={t('agent.wrapUp')}
          description={t('agent.wrapUpHint')}
          {...seconds}
          value={value.wrapUp}
          onChange={(wrapUp) => onChange({ wrapUp })}
        />
      </SimpleGrid>
    </>
  );
}
