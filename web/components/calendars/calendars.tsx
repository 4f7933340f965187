// All calendars of a policy: one is open beside their list.
import { IconCalendarWeek } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Calendar } from '../../../src/contract/policy/calendar.ts';
import type { PolicyDocument } from '../../../src/contract/policy/document.ts';
import type { PolicyFault } from '../../../src/contract/policy/fault.ts';
import { listMentions, renameInPolicy } from '../../../src/contract/policy/rename-in-policy.ts';
import { EntryHead } from '../../forms/entry-head.tsx';
import { EntryList, NoEntries } from '../../forms/entry-list.tsx';
import { faultsBelow, toneOf } from '../../forms/faults-at.ts';
import { freeName } from '../../forms/free-name.ts';
import { CalendarEditor } from './calendar-editor.tsx';
import { beginCalendar, calendarStartNames } from './calendar-starts.ts';

interface CalendarsProps {
  policy: PolicyDocument;
  onChange(policy: PolicyDocument): void;
  disabled: boolean;
  faults: readonly PolicyFault[];
  warnings: readonly PolicyFault[];
}

export function Calendars(props: CalendarsProps) {
  const { policy, onChange, disabled, faults, warnings } = props;
  const { t } = useTranslation();
  const calendars = policy.calendars ?? [];
  const [wanted, setChosen] = useState(0);
  const chosen = Math.min(wanted, calendars.length - 1);
  const add = (calendar: Calendar) => {
    onChange({ ...policy, calendars: [...calendars, calendar] });
    setChosen(calendars.length);
  };
  const names = calendars.map(({ name }) => name);
  const starts = calendarStartNames.map((start) => ({
    label: t(`calendars.start.${start}`),
    hint: t(`calendars.startHint.${start}`),
    add: () => add(beginCalendar(freeName(t(`calendars.startName.${start}`), names), start)),
  }));
  const calendar = calendars[chosen];
  if (calendar === undefined) {
    return (
      <NoEntries
        icon={<IconCalendarWeek size={22} />}
        title={t('routing.calendarsNone')}
        text={t('calendars.noneText')}
        starts={starts}
        disabled={disabled}
      />
    );
  }
  return (
    <EntryList
      label={t('calendars.list')}
      entries={calendars.map(({ name }, place) => ({
        name,
        tone: toneOf({ faults, warnings }, `/calendars/${place}`),
      }))}
      chosen={chosen}
      onChoose={setChosen}
      addLabel={t('calendars.add')}
      starts={starts}
      disabled={disabled}
    >
      <OpenCalendar key={chosen} {...props} place={chosen} calendar={calendar} onAdd={add} />
    </EntryList>
  );
}

function OpenCalendar(
  props: CalendarsProps & { place: number; calendar: Calendar; onAdd(calendar: Calendar): void },
) {
  const { policy, onChange, disabled, place, calendar, onAdd } = props;
  const { t } = useTranslation();
  const { calendars = [] } = policy;
  const { name } = calendar;
  const taken = calendars.filter((one) => one !== calendar).map((one) => one.name);
  const faults = faultsBelow(props.faults, `/calendars/${place}`);
  const mentions = listMentions(policy, { list: 'calendars', name });
  return (
    <>
      <EntryHead
        name={name}
        taken={taken}
        namedBy={mentions.map((one) => t(`routing.named.${one.kind}`, { name: one.name }))}
        disabled={disabled}
        error={faults.say('/name')}
        onRename={(to) => onChange(renameInPolicy(policy, { list: 'calendars', from: name, to }))}
        onCopy={() =>
          onAdd({ ...structuredClone(calendar), name: freeName(name, [name, ...taken]) })
        }
        onRemove={() => onChange(withoutCalendar(policy, place))}
      />
      <CalendarEditor
        value={calendar}
        disabled={disabled}
        faults={faults}
        warnings={faultsBelow(props.warnings, `/calendars/${place}`)}
        onChange={(next) =>
          onChange({
            ...policy,
            calendars: calendars.map((one, at) => (at === place ? next : one)),
          })
        }
      />
    </>
  );
}

function withoutCalendar(policy: PolicyDocument, place: number): PolicyDocument {
  const { calendars = [], ...rest } = policy;
  const left = calendars.filter((_one, at) => at !== place);
  return left.length === 0 ? rest : { ...rest, calendars: left };
}
