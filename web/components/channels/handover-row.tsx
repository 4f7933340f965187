// One team and the department that gets its conversations; and how the removal of one is undone.
import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Select } from '../../ui/select.tsx';
import type { Option } from './use-departments.ts';

/** `departments`: null where they are not known, and the id is typed. */
export function HandoverRow(props: {
  no: number;
  name: string;
  teams: Option[];
  departments: Option[] | null;
  props(part: 'teamId' | 'departmentId'): object;
  onRemove(): void;
}) {
  const { t } = useTranslation();
  const { departments } = props;
  return (
    <Stack gap={6} role="group" aria-label={t('handover.row', { no: props.no })}>
      <Select
        required
        searchable
        label={t('handover.team')}
        data={props.teams}
        {...props.props('teamId')}
      />
      <Group align="flex-end" gap="xs" wrap="nowrap">
        {departments === null ? (
          <TextInput
            required
            style={{ flex: 1, minWidth: 0 }}
            label={t('handover.departmentId')}
            maxLength={64}
            {...props.props('departmentId')}
          />
        ) : (
          <Select
            required
            searchable
            style={{ flex: 1, minWidth: 0 }}
            label={t('handover.department')}
            nothingFoundMessage={t('handover.noDepartments')}
            data={departments}
            {...props.props('departmentId')}
          />
        )}
        <ActionIcon
          size={36}
          aria-label={t('handover.remove', { name: props.name })}
          onClick={props.onRemove}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </Group>
    </Stack>
  );
}

/** What was removed, until it is saved. */
export function TakenBack({ onUndo }: { onUndo(): void }) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" role="status">
      <Text size="sm" c="dimmed">
        {t('handover.removed')}
      </Text>
      <Button size="compact-sm" variant="default" onClick={onUndo}>
        {t('common.undo')}
      </Button>
    </Group>
  );
}
