// One plan: drawn as a timeline, with the form of the chosen step and of all that holds for the whole of it.
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EntrySection } from '../../forms/entry-section.tsx';
import { BotForm } from './bot-form.tsx';
import { addStep, changeStep, MOST_STEPS, removeStep } from './edit-steps.ts';
import { HoursForm, NoCalendars } from './hours-form.tsx';
import { joinSays } from './join-says.ts';
import { LimitsForm, OrderForm, TargetsForm } from './limits-form.tsx';
import { OfferForm } from './offer-form.tsx';
import type { PartProps } from './part-props.ts';
import type { PlanWorld } from './plan-world.ts';
import { PreferForm, StickyForm } from './prefer-form.tsx';
import { SilenceForm } from './silence-form.tsx';
import { StepForm } from './step-form.tsx';
import { Timeline } from './timeline.tsx';
import { WordsForm } from './words-form.tsx';

export function PlanEditor({ world, ...props }: PartProps & { world: PlanWorld }) {
  const { calendars, faults, warnings } = props;
  const { t } = useTranslation();
  return (
    <>
      <EntrySection
        title={t('plans.steps')}
        text={t('plans.stepsText')}
        faults={joinSays(faults.sayOnly(''), faults.sayOnly('/steps'))}
        warnings={joinSays(warnings.sayOnly(''), warnings.sayOnly('/steps'))}
      >
        <Steps {...props} world={world} />
      </EntrySection>
      <BotForm {...props} world={world} />
      <PreferForm {...props} />
      <StickyForm {...props} />
      <HoursForm {...props} />
      {calendars.length === 0 && <NoCalendars />}
      <OfferForm {...props} />
      <LimitsForm {...props} />
      <TargetsForm {...props} />
      <SilenceForm {...props} />
      <OrderForm {...props} />
      <WordsForm {...props} />
    </>
  );
}

function Steps({
  plan,
  onChange,
  disabled,
  faults,
  warnings,
  world,
}: PartProps & { world: PlanWorld }) {
  const { t } = useTranslation();
  const { steps } = plan;
  const [wanted, setChosen] = useState(0);
  const chosen = Math.min(wanted, steps.length - 1);
  const step = steps[chosen];
  const apply = (edited: ReturnType<typeof addStep>, stepName?: string) => {
    onChange({ ...plan, steps: edited.steps }, stepName);
    setChosen(edited.place);
  };
  return (
    <>
      <Timeline
        plan={plan}
        world={world}
        chosen={chosen}
        onChoose={setChosen}
        onMove={(place, after) => {
          const moved = steps[place];
          if (moved !== undefined)
            apply(changeStep(steps, place, { ...moved, after }), `after ${place}`);
        }}
        disabled={disabled}
        faults={faults}
        warnings={warnings}
      />
      {!disabled && steps.length < MOST_STEPS && (
        <Button
          w="fit-content"
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() => apply(addStep(steps))}
        >
          {t('plans.addStep')}
        </Button>
      )}
      {step !== undefined && (
        <StepForm
          key={chosen}
          place={chosen}
          step={step}
          world={world}
          disabled={disabled}
          faults={faults.below(`/steps/${chosen}`)}
          warnings={warnings.below(`/steps/${chosen}`)}
          onChange={(next, stepName) => apply(changeStep(steps, chosen, next), stepName)}
          onRemove={
            steps.length < 2
              ? undefined
              : () => {
                  onChange({ ...plan, steps: removeStep(steps, chosen) });
                  setChosen(Math.max(0, chosen - 1));
                }
          }
        />
      )}
    </>
  );
}
