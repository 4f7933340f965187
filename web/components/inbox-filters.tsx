// The filters of an inbox; loaded after the list itself.
import { ActionIcon, Indicator, Popover, Select, Stack, Tooltip } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InboxView } from '../paths.ts';
import type { InboxSearch } from './inbox-filter.ts';
import { useChoices } from './use-choices.ts';

type Change = (part: Partial<Record<keyof InboxSearch, string | null>>) => void;

export default function Filters(props: { view: InboxView; search: InboxSearch; onChange: Change }) {
  const { view, search, onChange } = props;
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const set = ['channel', 'team', 'agent', 'tag', 'sort'].some((name) => name in search);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={240}
      shadow="md"
      trapFocus
    >
      <Popover.Target>
        <Tooltip label={t('inbox.filters')}>
          <Indicator disabled={!set} size={7} offset={4}>
            <ActionIcon
              size={28}
              aria-label={t('inbox.filters')}
              aria-expanded={opened}
              onClick={() => setOpened(!opened)}
            >
              <IconAdjustmentsHorizontal size={17} />
            </ActionIcon>
          </Indicator>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('inbox.filters')}>
        {opened && <FilterFields view={view} search={search} onChange={onChange} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function FilterFields(props: { view: InboxView; search: InboxSearch; onChange: Change }) {
  const { view, search, onChange } = props;
  const { t } = useTranslation();
  const choices = useChoices(true);
  const names = (['channel', 'team', 'agent', 'tag'] as const).filter(
    (name) => (name !== 'agent' || view !== 'mine') && choices[name].length > 0,
  );
  return (
    <Stack gap={10}>
      <Select
        size="xs"
        label={t('inbox.sort')}
        data={(['waiting', 'recent', 'oldest'] as const).map((value) => ({
          value,
          label: t(`inbox.sort.${value}`),
        }))}
        value={search.sort ?? (view === 'waiting' ? 'waiting' : 'recent')}
        comboboxProps={{ withinPortal: false }}
        onChange={(sort) => onChange({ sort })}
      />
      {names.map((name) => (
        <Select
          key={name}
          size="xs"
          clearable
          searchable={choices[name].length > 8}
          label={t(`filter.${name}`)}
          placeholder={t('inbox.any')}
          data={choices[name]}
          value={search[name] ?? null}
          comboboxProps={{ withinPortal: false }}
          clearButtonProps={{ 'aria-label': t('common.clear') }}
          onChange={(value) => onChange({ [name]: value })}
        />
      ))}
    </Stack>
  );
}
