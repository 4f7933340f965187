// Chooses a time zone among all of the IANA's, by city or offset.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Select } from '../../ui/select.tsx';
import { useToday } from '../../ui/use-now.ts';
import { listZones, matchesZone } from './list-zones.ts';

export function ZoneSelect(props: {
  value: string;
  onChange(zone: string): void;
  disabled: boolean;
  error: string | null;
}) {
  const { value, onChange } = props;
  const { t } = useTranslation();
  const today = useToday();
  const zones = useMemo(() => listZones(today, value), [today, value]);
  const byName = useMemo(() => new Map(zones.map((zone) => [zone.name, zone])), [zones]);
  const known = byName.has(value) ? [] : [{ value, label: value }];
  return (
    <Select
      label={t('calendars.zone')}
      searchable
      maxDropdownHeight={320}
      nothingFoundMessage={t('calendars.zoneNone')}
      data={[
        ...known,
        ...zones.map(({ name, offset }) => ({
          value: name,
          label: `${name.replaceAll('_', ' ')} (${offset})`,
        })),
      ]}
      filter={({ options, search }) =>
        // What is chosen stands in the field: then the whole list is offered.
        options.filter((option) => {
          if (!('value' in option)) return false;
          const zone = byName.get(option.value);
          return zone === undefined || matchesZone(zone, search.replace(/ \(GMT.*$/, ''));
        })
      }
      disabled={props.disabled}
      error={props.error}
      value={value}
      onChange={(zone) => zone !== null && onChange(zone)}
    />
  );
}
