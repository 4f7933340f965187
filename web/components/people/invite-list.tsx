// Invites a pasted list: each line judged before, each with its result after, links to copy where nothing is mailed.
import { Button, Group, MultiSelect, NumberInput, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { teamsQuery } from '../../api/queries.ts';
import type { Role, User } from '../../api/shapes.ts';
import { FormDialog } from '../../forms/form-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Pill } from '../../ui/pill.tsx';
import { Select } from '../../ui/select.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { useSave } from '../answers/use-save.ts';
import { type ReadPerson, readPeople } from './read-people.ts';

const MOST = 200;
const roles: Role[] = ['agent', 'supervisor', 'admin'];

/** What is scrolled can be reached by keyboard. */
const scrolledByKeys = { tabIndex: 0, role: 'group' };

interface Outcome {
  email: string;
  inviteUrl: string | null;
  mailed: boolean;
  problem: { code: string; detail: string } | null;
}

export function InviteList({ users, onClose }: { users: readonly User[]; onClose(): void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [beginning, setBeginning] = useState<Beginning>({ role: 'agent', teamIds: [] });
  const [outcomes, setOutcomes] = useState<Outcome[] | null>(null);
  const read = readPeople(text, new Set(users.map(({ email }) => email.toLowerCase())));
  const good = read.filter(({ fault }) => fault === null).slice(0, MOST);
  const save = useSave({
    send: (people: readonly ReadPerson[]) =>
      ask(
        client.POST('/api/v1/users/invitations', {
          body: { people: people.map(({ email, name }) => ({ email, name, ...beginning })) },
        }),
      ),
    touches: ['users', 'agents'],
    onDone: ({ items }) => setOutcomes(items),
    quiet: true,
  });
  if (outcomes !== null) return <Outcomes outcomes={outcomes} onClose={onClose} />;
  return (
    <FormDialog
      title={t('inviteList.title')}
      size="lg"
      onClose={onClose}
      onSubmit={(event) => {
        event.preventDefault();
        if (good.length > 0) save.mutate(good);
      }}
      save={save}
      dirty={text !== ''}
      label={t('inviteList.go', { number: good.length })}
    >
      <Textarea
        data-autofocus
        label={t('inviteList.lines')}
        description={t('inviteList.first')}
        autosize
        minRows={5}
        maxRows={10}
        maxLength={100_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <BeginningFields beginning={beginning} onChange={setBeginning} />
      {read.length > MOST && <Text size="sm">{t('inviteList.most')}</Text>}
      {read.length > 0 && <Judged people={read.slice(0, MOST)} />}
    </FormDialog>
  );
}

interface Beginning {
  role: Role;
  teamIds: string[];
  /** Absent: the default. */
  capacity?: number;
}

/** What everybody of the list begins with. */
function BeginningFields(props: { beginning: Beginning; onChange(beginning: Beginning): void }) {
  const { beginning, onChange } = props;
  const { t } = useTranslation();
  const teams = useQuery(teamsQuery).data ?? [];
  const { capacity, ...rest } = beginning;
  return (
    <>
      <Group grow align="flex-start">
        <Select
          label={t('people.role')}
          data={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
          allowDeselect={false}
          value={beginning.role}
          onChange={(role) => onChange({ ...beginning, role: role as Role })}
        />
        <NumberInput
          label={t('agent.capacity')}
          min={0}
          max={1000}
          allowDecimal={false}
          value={capacity ?? ''}
          onChange={(typed) =>
            onChange(typeof typed === 'number' ? { ...rest, capacity: typed } : rest)
          }
        />
      </Group>
      <MultiSelect
        label={t('teams.teams')}
        data={teams.map(({ id, name }) => ({ value: id, label: name }))}
        value={beginning.teamIds}
        onChange={(teamIds) => onChange({ ...beginning, teamIds })}
        clearable
      />
    </>
  );
}

function Judged({ people }: { people: readonly ReadPerson[] }) {
  const { t } = useTranslation();
  const columns: Column<ReadPerson & { id: string }>[] = [
    { head: t('form.email'), cell: ({ email }) => email },
    { head: t('form.name'), cell: ({ name }) => name || '–' },
    {
      head: '',
      cell: ({ fault }) => (
        <Pill tone={fault === null ? 'good' : 'bad'}>
          {t(fault === null ? 'inviteList.ready' : `inviteList.${fault}`)}
        </Pill>
      ),
    },
  ];
  const rows = people.map((one, place) => ({ ...one, id: String(place) }));
  return (
    <div style={{ maxHeight: 260, overflow: 'auto' }} {...scrolledByKeys}>
      <Table
        label={t('inviteList.lines')}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        empty={null}
      />
    </div>
  );
}

function Outcomes({ outcomes, onClose }: { outcomes: readonly Outcome[]; onClose(): void }) {
  const { t } = useTranslation();
  const done = outcomes.filter(({ problem }) => problem === null);
  const links = done.map(({ email, inviteUrl }) => `${email}\t${inviteUrl}`).join('\n');
  const columns: Column<Outcome>[] = [
    { head: t('form.email'), cell: ({ email }) => email },
    {
      head: '',
      cell: ({ inviteUrl, mailed, problem }) => {
        if (problem !== null) return <Pill tone="bad">{problem.detail}</Pill>;
        return mailed ? (
          <Pill tone="good">{t('inviteList.mailed')}</Pill>
        ) : (
          <span style={{ overflowWrap: 'anywhere', fontSize: 12 }}>{inviteUrl}</span>
        );
      },
    },
  ];
  return (
    <Dialog shownOnce opened onClose={onClose} title={t('inviteList.title')} size="lg">
      <Stack gap="sm">
        <Text size="sm" role="status">
          {t('inviteList.result', {
            done: done.length,
            failed: outcomes.length - done.length,
          })}
        </Text>
        <div style={{ maxHeight: 360, overflow: 'auto' }} {...scrolledByKeys}>
          <Table
            label={t('inviteList.lines')}
            columns={columns}
            rows={[...outcomes]}
            rowKey={({ email }) => email}
            empty={null}
          />
        </div>
        <Group justify="flex-end">
          {done.length > 0 && (
            <Button variant="default" onClick={() => void navigator.clipboard.writeText(links)}>
              {t('inviteList.copyAll')}
            </Button>
          )}
          <Button onClick={onClose}>{t('common.done')}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
