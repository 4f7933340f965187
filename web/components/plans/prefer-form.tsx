// Whom a plan prefers among those who could have a conversation, and for how long the agent whom the contact knows is waited for.
import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Plan } from '../../../src/contract/policy/plan.ts';
import { type CriterionName, criterionNameList } from '../../../src/contract/strategies.ts';
import { EntrySection } from '../../forms/entry-section.tsx';
import { longUnits, SecondsField } from '../../forms/seconds-field.tsx';
import { SortableList } from '../../forms/sortable-list.tsx';
import { splitSeconds, unitSeconds } from '../../forms/split-seconds.ts';
import { Select } from '../../ui/select.tsx';
import { WEEK } from './edit-steps.ts';
import { joinSays } from './join-says.ts';
import type { PartProps } from './part-props.ts';
import { setPart } from './part-props.ts';

export function PreferForm({ plan, onChange, disabled, faults, warnings }: PartProps) {
  const { t } = useTranslation();
  const { prefer } = plan;
  const write = (next: CriterionName[]) =>
    onChange(setPart(plan, 'prefer', next.length === 0 ? undefined : next));
  const free = criterionNameList.filter((name) => !prefer?.includes(name));
  return (
    <EntrySection
      title={t('plans.prefer')}
      text={t('plans.preferText')}
      on={prefer !== undefined}
      onToggle={(on) => write(on ? ['least-loaded', 'longest-idle'] : [])}
      disabled={disabled}
      faults={faults.say('/prefer')}
      warnings={warnings.say('/prefer')}
    >
      <SortableList
        label={t('plans.prefer')}
        items={prefer ?? []}
        show={(name) => ({
          label: t(`plans.criterion.${name}`),
          hint: t(`plans.criterionHint.${name}`),
        })}
        disabled={disabled}
        onChange={write}
      />
      {!disabled && free.length > 0 && (
        <Select
          key={free.length}
          maw={280}
          aria-label={t('plans.addCriterion')}
          placeholder={t('plans.addCriterion')}
          data={free.map((name) => ({ value: name, label: t(`plans.criterion.${name}`) }))}
          value={null}
          onChange={(name) => name !== null && write([...(prefer ?? []), name as CriterionName])}
        />
      )}
    </EntrySection>
  );
}

const SPANS = { m: 60, h: 3600, d: 86_400 } as const;
const LONGEST = 9999 * SPANS.d;

/** As 30d. */
const readSpan = (text: string) =>
  Number(text.slice(0, -1)) * SPANS[text.slice(-1) as keyof typeof SPANS];

function writeSpan(seconds: number): string {
  const { unit } = splitSeconds(seconds, longUnits);
  return `${seconds / unitSeconds[unit]}${unit.charAt(0)}`;
}

export function StickyForm({ plan, onChange, disabled, faults, warnings }: PartProps) {
  const { t } = useTranslation();
  const { sticky } = plan;
  const write = (next: Plan['sticky'], stepName?: string) =>
    onChange(setPart(plan, 'sticky', next), stepName);
  return (
    <EntrySection
      title={t('plans.sticky')}
      text={t('plans.stickyText')}
      on={sticky !== undefined}
      onToggle={(on) => write(on ? { within: '30d' } : undefined)}
      disabled={disabled}
      faults={faults.sayOnly('/sticky')}
      warnings={joinSays(warnings.say('/sticky'))}
    >
      {sticky !== undefined && (
        <Group gap="xl" align="flex-start">
          <SecondsField
            label={t('plans.stickyWithin')}
            units={longUnits}
            min={60}
            max={LONGEST}
            disabled={disabled}
            value={readSpan(sticky.within)}
            error={faults.say('/sticky/within')}
            onChange={(seconds) =>
              seconds !== undefined &&
              write({ ...sticky, within: writeSpan(seconds) }, 'sticky within')
            }
          />
          <SecondsField
            label={t('plans.stickyWaitFor')}
            description={t('plans.stickyWaitForHint')}
            max={WEEK}
            disabled={disabled}
            value={sticky.waitFor}
            error={faults.say('/sticky/waitFor')}
            onChange={(waitFor) =>
              write(
                { within: sticky.within, ...(waitFor !== undefined && { waitFor }) },
                'sticky waitFor',
              )
            }
          />
        </Group>
      )}
    </EntrySection>
  );
}
