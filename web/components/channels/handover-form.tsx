// Which teams go to a department of Rocket.Chat, whose own routing chooses the agents.
import { Alert, Button, NumberInput, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { teamsQuery } from '../../api/queries.ts';
import type { Channel } from '../../api/shapes.ts';
import { CardForm } from '../../forms/card-form.tsx';
import { readText, sendChannel } from '../../forms/send-channel.ts';
import { HandoverRow, TakenBack } from './handover-row.tsx';
import { offer, useDepartments } from './use-departments.ts';

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
      {rows.length === 0 && !form.isDirty() && (
        <Text size="sm" c="dimmed">
          {t(teams.length === 0 ? 'handover.noTeams' : 'handover.none')}
        </Text>
      )}
      {departments.trouble !== null && (
        <Alert color="yellow" variant="outline">
          {t('handover.notListed', { text: departments.trouble })}
        </Alert>
      )}
      <Rows form={form} departments={departments} nameOf={nameOf} />
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

/** The rows, and what was removed until it is saved. */
function Rows({
  form,
  departments,
  nameOf,
}: {
  form: ReturnType<typeof useHandovers>;
  departments: ReturnType<typeof useDepartments>;
  nameOf: (departmentId: string) => string | undefined;
}) {
  const { t } = useTranslation();
  const teams = useQuery(teamsQuery).data ?? [];
  const [removed, setRemoved] = useState<{ row: Row; index: number } | null>(null);
  return (
    <>
      {form.values.handovers.map((row, index) => (
        <HandoverRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a row has no team before one is chosen
          key={index}
          no={index + 1}
          teams={teams.map(({ id: value, name: label }) => ({ value, label }))}
          departments={offer(departments, { ...row, name: nameOf(row.departmentId), t })}
          name={teams.find((team) => team.id === row.teamId)?.name ?? ''}
          props={(part) => form.getInputProps(`handovers.${index}.${part}`)}
          onRemove={() => {
            setRemoved({ row, index });
            form.removeListItem('handovers', index);
          }}
        />
      ))}
      {removed !== null && form.isDirty() && (
        <TakenBack
          onUndo={() => {
            form.insertListItem('handovers', removed.row, removed.index);
            setRemoved(null);
          }}
        />
      )}
    </>
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
