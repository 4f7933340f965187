// Asks why the selected conversations end, or who gets them.
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconRoute, IconStar, IconUser, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { closeFormQuery } from '../../api/queries.ts';
import classes from '../../ui/choices.module.css';
import { Dialog } from '../../ui/dialog.tsx';
import { ListboxField } from '../../ui/listbox-field.tsx';
import { Select } from '../../ui/select.tsx';
import { submitByKeys } from '../../ui/submit-by-keys.ts';
import { useListbox } from '../../ui/use-listbox.ts';
import { AgentChoice } from '../verbs/agent-choice.tsx';
import { NoteField, noteIn } from '../verbs/note-field.tsx';
import { type Receiver, useReceivers } from '../verbs/receivers.ts';
import type { BulkAction } from './bulk-changes.ts';

const reasons = ['solved', 'no-answer', 'duplicate', 'spam', 'other'] as const;

interface Closing {
  number: number;
  onRun(close: { reason: string }): void;
  onClose(): void;
}

/** Once it is known what an end asks: only then does its button take the focus. */
export function BulkClose(props: Closing) {
  const fields = useQuery(closeFormQuery).data;
  if (fields === undefined) return null;
  return <CloseForm {...props} asks={fields.some(({ required }) => required)} />;
}

function CloseForm(props: Closing & { asks: boolean }) {
  const { number, asks, onRun, onClose } = props;
  const { t } = useTranslation();
  const [reason, setReason] = useState<string>('solved');
  const end = () => {
    onClose();
    onRun({ reason });
  };
  return (
    <Dialog opened onClose={onClose} title={`${t('bulk.close')} (${number})`} size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!asks) end();
        }}
        onKeyDown={submitByKeys}
      >
        <Stack gap="sm">
          {asks && <Text size="sm">{t('bulk.questions')}</Text>}
          <Select
            label={t('close.reason')}
            data={reasons.map((value) => ({ value, label: t(`reason.${value}`) }))}
            value={reason}
            disabled={asks}
            onChange={(value) => setReason(value ?? 'solved')}
          />
          <Group justify="flex-end" mt="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" data-autofocus disabled={asks}>
              {t('verb.close')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

type Transfer = Extract<BulkAction, { transfer: unknown }>['transfer'];
const nobody = { agentId: null, teamId: null };
const icons = { agent: IconUser, team: IconUsers, skill: IconStar, plan: IconRoute };

export function BulkTransfer(props: { onRun(transfer: Transfer): void; onClose(): void }) {
  const { onRun, onClose } = props;
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [note, setNote] = useState('');
  const agents = useReceivers(nobody, { typed, kind: 'agents' }).found;
  const others = useReceivers(nobody, { typed, kind: 'teams' }).found;
  const found = typed.trim() === '' ? [...agents, ...others] : agents;
  const listbox = useListbox<Receiver>({
    label: t('bulk.transfer'),
    typed,
    items: found,
    onChoose: (to) => {
      onClose();
      onRun({ ...read(to), ...noteIn(note) });
    },
  });
  return (
    <Dialog opened onClose={onClose} title={t('bulk.transfer')} padding="md">
      <NoteField value={note} onChange={setNote} label={t('transfer.note')} />
      <ListboxField
        {...{ listbox, typed }}
        onType={setTyped}
        label={t('transfer.search')}
        mt="sm"
      />
      <div {...listbox.list} className={classes.choices}>
        {found.map((one) => (
          <div key={one.id} {...listbox.option(one)} className={classes.choice}>
            {one.kind === 'agent' ? <AgentChoice agent={one.agent} /> : <Named one={one} />}
          </div>
        ))}
      </div>
      {found.length === 0 && <div role="status">{t('nav.nothingFound')}</div>}
    </Dialog>
  );
}

function Named({ one }: { one: Exclude<Receiver, { kind: 'agent' }> }) {
  const Icon = icons[one.kind];
  return (
    <>
      <Icon size={18} />
      <span className="cut">{one.name}</span>
    </>
  );
}

function read(to: Receiver): Transfer {
  if (to.kind === 'agent') return { agentId: to.id };
  if (to.kind === 'plan') return { plan: to.name };
  return to.kind === 'team' ? { teamId: to.id } : { skillIds: [to.id] };
}
