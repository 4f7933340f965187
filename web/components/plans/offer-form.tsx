// Whether agents are asked before they are given a conversation of a plan, and for how long.
import { Group, NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Plan } from '../../../src/contract/policy/plan.ts';
import { EntrySection } from '../../forms/entry-section.tsx';
import { SecondsField } from '../../forms/seconds-field.tsx';
import { type PartProps, setPart } from './part-props.ts';

const [SHORTEST, LONGEST] = [5, 600];
const MOST_MISSES = 20;
const BEGINNING = { within: 30, misses: 2 };

export function OfferForm({ plan, onChange, disabled, faults, warnings }: PartProps) {
  const { t } = useTranslation();
  const { offer } = plan;
  const write = (next: Plan['offer'], stepName?: string) =>
    onChange(setPart(plan, 'offer', next), stepName);
  return (
    <EntrySection
      title={t('plans.offer')}
      text={t('plans.offerText')}
      on={offer !== undefined}
      onToggle={(on) => write(on ? BEGINNING : undefined)}
      disabled={disabled}
      faults={faults.sayOnly('/offer')}
      warnings={warnings.say('/offer')}
    >
      {offer !== undefined && (
        <Group gap="xl" align="flex-start">
          <SecondsField
            label={t('plans.offerWithin')}
            description={t('plans.offerWithinText')}
            min={SHORTEST}
            max={LONGEST}
            disabled={disabled}
            value={offer.within}
            error={faults.say('/offer/within')}
            onChange={(within = BEGINNING.within) => write({ ...offer, within }, 'offer within')}
          />
          <NumberInput
            label={t('plans.offerMisses')}
            description={t('plans.offerMissesText')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            w={220}
            min={1}
            max={MOST_MISSES}
            clampBehavior="strict"
            allowDecimal={false}
            disabled={disabled}
            error={faults.say('/offer/misses')}
            value={offer.misses}
            onChange={(misses) =>
              typeof misses === 'number' && write({ ...offer, misses }, 'offer misses')
            }
          />
        </Group>
      )}
    </EntrySection>
  );
}
