// The filters of an inbox.
import { Button, Group, Popover, Select, Stack } from '@mantine/core';
import { cloneElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { select } from '../../live/selection.ts';
import type { InboxView } from '../../paths.ts';
import { type MenuTarget, useOpening } from '../on-demand/on-demand.tsx';
import { dues, firstSort, type InboxSearch, sortsOf } from './inbox-filter.ts';
import { SaveViewDialog } from './save-view-dialog.tsx';
import { useChoices } from './use-choices.ts';

type Change = (part: Partial<Record<keyof InboxSearch, string | null>>) => void;

/** Open when it comes: somebody has asked for it. */
export function InboxFilters(props: {
  view: InboxView;
  search: InboxSearch;
  onChange: Change;
  target: MenuTarget;
}) {
  const { view, search, onChange, target } = props;
  const { t } = useTranslation();
  const [opened, setOpened] = useOpening();
  const [saving, setSaving] = useState(false);
  const leaveTo = (act: () => void) => () => {
    setOpened(false);
    act();
  };
  return (
    <>
      <Popover
        opened={opened}
        onChange={setOpened}
        position="bottom-end"
        width={240}
        shadow="md"
        trapFocus
      >
        <Popover.Target>
          {cloneElement(target, {
            onClick: () => setOpened(!opened),
          })}
        </Popover.Target>
        <Popover.Dropdown aria-label={t('inbox.filters')}>
          {opened && <FilterFields view={view} search={search} onChange={onChange} />}
          <Group gap={6} mt="sm">
            <Button size="compact-sm" variant="default" onClick={leaveTo(() => setSaving(true))}>
              {t('views.save')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={leaveTo(() => select(new Set()))}>
              {t('verb.select')}
            </Button>
          </Group>
        </Popover.Dropdown>
      </Popover>
      {saving && (
        <SaveViewDialog saved={null} {...{ view, search }} onClose={() => setSaving(false)} />
      )}
    </>
  );
}

function FilterFields(props: { view: InboxView; search: InboxSearch; onChange: Change }) {
  const { view, search, onChange } = props;
  const { t } = useTranslation();
  const choices = useChoices(true);
  const names = (['channel', 'team', 'agent', 'tag'] as const).filter(
    (name) => (name !== 'agent' || !['mine', 'parked'].includes(view)) && choices[name].length > 0,
  );
  return (
    <Stack gap={10}>
      <Select
        size="xs"
        label={t('inbox.sort')}
        data={sortsOf(view).map((value) => ({ value, label: t(`inbox.sort.${value}`) }))}
        value={search.sort ?? firstSort(view)}
        comboboxProps={{ withinPortal: false }}
        onChange={(sort) => onChange({ sort })}
      />
      {view !== 'closed' && (
        <Select
          size="xs"
          clearable
          label={t('filter.due')}
          placeholder={t('inbox.any')}
          data={dues.map((value) => ({ value, label: t(`due.${value}`) }))}
          value={search.due ?? null}
          comboboxProps={{ withinPortal: false }}
          clearButtonProps={{ 'aria-label': t('common.clear') }}
          onChange={(due) => onChange({ due })}
        />
      )}
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
