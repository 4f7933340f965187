// Which teams go to a department of Rocket.Chat, whose own routing chooses the agents.
import {
  ActionIcon,
  Alert,
  Button,
  Group,
  NumberInput,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DeskDepartments } from '../../../src/contract/channels.ts';
import { ask, client } from '../../api/client.ts';
import { teamsQuery } from '../../api/queries.ts';
import type { Channel } from '../../api/shapes.ts';
import { CardForm } from '../../forms/card-form.tsx';
import { readText, sendChannel } from '../../forms/send-channel.ts';
import { Select } from '../../ui/select.tsx';

interface Row {
  teamId: string;
  departmentId: string;
}
interface Saved extends Row {
  department?: string;
}
const MOST = 200;
const MOST_MINUTES = 10_080;
const DEFAULT_SECONDS = 600;

export function HandoverForm({ channel: { id, config } }: { channel: Channel }) {
  const { t } = useTranslation();
  const departments = useDepartments(id);
  const teams = useQuery(teamsQuery).data ?? [];
  const saved = (config.handovers ?? []) as Saved[];
  const form = useHandovers(config, saved);
  const { handovers: rows } = form.values;
  const nameOf = (departmentId: string) =>
    departments.items.find((one) => one.id === departmentId)?.name ??
    saved.find((one) => one.departmentId === departmentId)?.department;
  return (
    <CardForm
      title={t('handover.title')}
      note={t('handover.note')}
      form={form}
      touches={['channels']}
      send={(values) =>
        sendChannel(id, { config: { ...keep(config), ...toConfig(values, nameOf) } })
      }
    >
      {rows.length === 0 && (
        <Text size="sm" c="dimmed">
          {t(teams.length === 0 ? 'handover.noTeams' : 'handover.none')}
        </Text>
      )}
      {departments.trouble !== null && (
        <Alert color="yellow" variant="outline">
          {t('handover.notListed', { text: departments.trouble })}
        </Alert>
      )}
      {rows.map((row, index) => (
        <HandoverRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a row has no team before one is chosen
          key={index}
          no={index + 1}
          teams={teams.map(({ id: value, name: label }) => ({ value, label }))}
          departments={offer(departments, { row, name: nameOf(row.departmentId), t })}
          name={teams.find((team) => team.id === row.teamId)?.name ?? ''}
          props={(part) => form.getInputProps(`handovers.${index}.${part}`)}
          onRemove={() => form.removeListItem('handovers', index)}
        />
      ))}
      {rows.length < saved.length && (
        <Text size="sm" c="dimmed" role="status">
          {t('handover.removed')}
        </Text>
      )}
      <Button
        variant="default"
        w="fit-content"
        leftSection={<IconPlus size={15} />}
        disabled={rows.length >= Math.min(MOST, teams.length)}
        onClick={() => form.insertListItem('handovers', { teamId: '', departmentId: '' })}
      >
        {t('handover.add')}
      </Button>
      {rows.length > 0 && (
        <NumberInput
          label={t('handover.minutes')}
          description={t('handover.minutesHint')}
          allowDecimal={false}
          {...form.getInputProps('minutes')}
        />
      )}
    </CardForm>
  );
}

/** Wanted with every change. */
const keep = (config: Channel['config']) => ({
  baseUrl: readText(config, 'baseUrl'),
  userId: readText(config, 'userId'),
});

function toConfig(
  { handovers, minutes }: { handovers: Row[]; minutes: number | string },
  nameOf: (departmentId: string) => string | undefined,
) {
  return {
    handovers: handovers.map((row) => {
      const department = nameOf(row.departmentId);
      return { ...row, ...(department !== undefined && { department }) };
    }),
    handoverSeconds: minutes === '' ? null : Number(minutes) * 60,
  };
}

function useHandovers(config: Channel['config'], saved: Saved[]) {
  const { t } = useTranslation();
  const { handoverSeconds: seconds = DEFAULT_SECONDS } = config as {
    handoverSeconds?: number | null;
  };
  const needed = (value: string) => (value.trim() === '' ? t('form.required') : null);
  return useForm({
    initialValues: {
      handovers: saved.map(({ teamId, departmentId }): Row => ({ teamId, departmentId })),
      minutes: seconds === null ? '' : (Math.round(seconds / 60) as number | string),
    },
    validate: {
      handovers: {
        teamId: (teamId, { handovers }) => {
          const alike = handovers.filter((one) => one.teamId === teamId);
          return needed(teamId) ?? (alike.length > 1 ? t('handover.teamTwice') : null);
        },
        departmentId: needed,
      },
      minutes: (minutes) => {
        const fits = minutes === '' || (Number(minutes) >= 1 && Number(minutes) <= MOST_MINUTES);
        return fits ? null : t('handover.limits');
      },
    },
  });
}

/** Asked of Rocket.Chat itself; `items` is empty until it has answered, and where it does not. */
function useDepartments(id: string): DeskDepartments & { isKnown: boolean } {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['departments', id],
    queryFn: () =>
      ask(client.GET('/api/v1/channels/{id}/departments', { params: { path: { id } } })),
    retry: false,
  });
  if (query.data === undefined) {
    const trouble = query.isError ? t('common.notLoaded') : null;
    return { items: [], trouble, isKnown: false };
  }
  const { items, trouble } = query.data;
  const isEmpty = trouble === null && items.length === 0;
  return { items, trouble, isKnown: trouble === null && !isEmpty };
}

/** null: they are not known, and the id is typed. The chosen one is offered though it may be gone. */
function offer(
  { items, isKnown, trouble }: ReturnType<typeof useDepartments>,
  chosen: { row: Row; name: string | undefined; t: ReturnType<typeof useTranslation>['t'] },
): { value: string; label: string }[] | null {
  const { row, name: saved, t } = chosen;
  if (trouble !== null) return null;
  const found = items.map(({ id: value, name, isEnabled, members }) => {
    if (!isEnabled) return { value, label: t('handover.isOff', { name }) };
    return { value, label: members === 0 ? t('handover.isEmpty', { name }) : name };
  });
  const { departmentId: value } = row;
  if (value === '' || items.some((one) => one.id === value)) return found;
  const name = saved ?? value;
  return [...found, { value, label: isKnown ? t('handover.isGone', { name }) : name }];
}

/** One team and where it goes. */
function HandoverRow(props: {
  no: number;
  name: string;
  teams: { value: string; label: string }[];
  departments: { value: string; label: string }[] | null;
  props(part: keyof Row): object;
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
