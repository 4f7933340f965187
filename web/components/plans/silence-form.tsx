// What follows when the agent does not answer, or the contact does not write, in a conversation that an agent holds.
import { SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SilenceLimits } from '../../../src/contract/policy/plan.ts';
import { EntrySection } from '../../forms/entry-section.tsx';
import { SecondsField } from '../../forms/seconds-field.tsx';
import { WEEK } from './edit-steps.ts';
import { type PartProps, setPart } from './part-props.ts';

const SHORTEST = 5;
const BEGINNING: SilenceLimits = { agent: 300, contact: { remind: 600, close: 1200 } };

export function SilenceForm({ plan, onChange, disabled, faults, warnings }: PartProps) {
  const { t } = useTranslation();
  const { silence } = plan;
  const write = (next: SilenceLimits | undefined, stepName?: string) =>
    onChange(setPart(plan, 'silence', next), stepName);
  const { agent, contact = {} } = silence ?? {};
  const writeContact = (name: 'remind' | 'close', seconds: number | undefined) => {
    const next = setOrLeaveOut(contact, name, seconds);
    const isEmpty = Object.keys(next).length === 0;
    write(setOrLeaveOut(silence ?? {}, 'contact', isEmpty ? undefined : next), `silence ${name}`);
  };
  const common = { min: SHORTEST, max: WEEK, disabled };
  return (
    <EntrySection
      title={t('plans.silence')}
      text={t('plans.silenceText')}
      on={silence !== undefined}
      onToggle={(on) => write(on ? BEGINNING : undefined)}
      disabled={disabled}
      faults={faults.sayOnly('/silence') ?? faults.sayOnly('/silence/contact')}
      warnings={warnings.say('/silence')}
    >
      {silence !== undefined && (
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl" verticalSpacing="md">
          <SecondsField
            {...common}
            label={t('plans.silenceAgent')}
            description={t('plans.silenceAgentText')}
            value={agent}
            error={faults.say('/silence/agent')}
            onChange={(seconds) => write(setOrLeaveOut(silence, 'agent', seconds), 'silence agent')}
          />
          <SecondsField
            {...common}
            label={t('plans.silenceRemind')}
            description={t('plans.silenceRemindText')}
            value={contact.remind}
            error={faults.say('/silence/contact/remind')}
            onChange={(seconds) => writeContact('remind', seconds)}
          />
          <SecondsField
            {...common}
            label={t('plans.silenceClose')}
            description={t('plans.silenceCloseText')}
            value={contact.close}
            error={faults.say('/silence/contact/close')}
            onChange={(seconds) => writeContact('close', seconds)}
          />
        </SimpleGrid>
      )}
    </EntrySection>
  );
}

function setOrLeaveOut<Of extends object, Name extends keyof Of>(
  of: Of,
  name: Name,
  value: Of[Name] | undefined,
): Of {
  if (value !== undefined) return { ...of, [name]: value };
  const { [name]: _before, ...others } = of;
  return others as Of;
}
