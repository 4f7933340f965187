// One calendar: its zone, its week, its exceptions, and whether it is open now.
import { useTranslation } from 'react-i18next';
import type { Calendar } from '../../../src/contract/policy/calendar.ts';
import { EntrySection } from '../../forms/entry-section.tsx';
import type { FaultsAt } from '../../forms/faults-at.ts';
import { useNow } from '../../ui/use-now.ts';
import classes from './calendars.module.css';
import { Exceptions } from './exceptions.tsx';
import { OpeningState, useOpening } from './opening-state.tsx';
import { WeekGrid } from './week-grid.tsx';
import { ZoneSelect } from './zone-select.tsx';

export function CalendarEditor(props: {
  value: Calendar;
  onChange(calendar: Calendar): void;
  disabled: boolean;
  faults: FaultsAt;
  warnings: FaultsAt;
}) {
  const { value, onChange, disabled, faults, warnings } = props;
  const { t } = useTranslation();
  const opening = useOpening(value);
  const now = useNow();
  const write = (part: Partial<Calendar>) => onChange({ ...value, ...part });
  return (
    <>
      <div className={classes.zone}>
        <ZoneSelect
          value={value.timeZone}
          onChange={(timeZone) => write({ timeZone })}
          disabled={disabled}
          error={faults.say('/timeZone')}
        />
        {opening !== null && <OpeningState opening={opening} zone={value.timeZone} />}
      </div>
      <EntrySection
        title={t('calendars.week')}
        text={t('calendars.weekText')}
        faults={faults.say('/weekly')}
        warnings={join(warnings.sayOnly(''), warnings.say('/weekly'))}
      >
        <WeekGrid
          calendar={value}
          opening={opening}
          disabled={disabled}
          onChange={(weekly) => write({ weekly })}
        />
      </EntrySection>
      <EntrySection
        title={t('calendars.exceptions')}
        text={t('calendars.exceptionsText')}
        faults={faults.sayOnly('/exceptions')}
        warnings={warnings.sayOnly('/exceptions')}
      >
        <Exceptions
          value={value.exceptions ?? []}
          onChange={(exceptions) => onChange(withExceptions(value, exceptions))}
          reading={opening?.reading ?? now}
          disabled={disabled}
          faults={faults.below('/exceptions')}
          warnings={warnings.below('/exceptions')}
        />
      </EntrySection>
    </>
  );
}

/** Without any, the field is left out as it was before the first. */
function withExceptions(
  { exceptions: _before, ...calendar }: Calendar,
  exceptions: NonNullable<Calendar['exceptions']>,
): Calendar {
  return exceptions.length === 0 ? calendar : { ...calendar, exceptions };
}

const join = (...texts: (string | null)[]) => texts.filter((one) => one !== null).join(' ') || null;
