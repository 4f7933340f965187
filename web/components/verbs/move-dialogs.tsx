// The dialogs of moving: to choose a place, and to insist when the agent is full or not there.
import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { agentsQuery } from '../../api/queries.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { callContact } from '../naming/call-contact.ts';
import { useCan } from '../session/use-session.ts';
import { RequeueDialog } from './requeue-dialog.tsx';
import { TransferDialog } from './transfer-dialog.tsx';
import type { Mover } from './use-mover.ts';

export function MoveDialogs({ mover }: { mover: Mover }) {
  const { chosen, requeued } = mover;
  return (
    <>
      <DoubtDialog mover={mover} />
      {chosen !== null && (
        <TransferDialog
          conversation={chosen}
          verbs={{ run: (verb) => mover.run(chosen, verb) }}
          onClose={mover.dismiss}
        />
      )}
      {requeued !== null && (
        <RequeueDialog
          conversation={requeued}
          onRequeue={(skillIds) => {
            // What was refused has been said.
            mover.run(requeued, { name: 'requeue', skillIds }).catch(() => {});
          }}
          onClose={mover.dismiss}
        />
      )}
    </>
  );
}

function DoubtDialog({ mover }: { mover: Mover }) {
  const { t } = useTranslation();
  const can = useCan();
  const agents = useQuery(agentsQuery).data;
  const { doubt } = mover;
  const agent = agents?.find(({ id }) => id === doubt?.agentId);
  if (doubt === null || agent === undefined) return null;
  const { name, availability, load, externalLoad, effectiveCapacity: capacity } = agent;
  const isFull = doubt.about === 'full';
  const contact = callContact(doubt.conversation.contact, t);
  return (
    <Dialog
      opened
      onClose={mover.dismiss}
      size="sm"
      title={
        isFull
          ? t('transfer.full', { name })
          : t('transfer.absent', {
              name,
              availability: t(`availability.${availability}`).toLowerCase(),
            })
      }
    >
      <Text size="sm">
        {isFull
          ? t('live.fullText', { agent: name, held: load + externalLoad, capacity, contact })
          : t('transfer.absentText')}
      </Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" data-autofocus onClick={mover.dismiss}>
          {t('common.cancel')}
        </Button>
        {(!isFull || can('conversations.force')) && (
          <Button onClick={() => mover.insist(doubt)}>{t('transfer.force')}</Button>
        )}
      </Group>
    </Dialog>
  );
}
