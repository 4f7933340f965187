// The dialogs of moving: to choose a place, and to insist when the agent is full.
import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { agentsQuery } from '../api/queries.ts';
import { Dialog } from '../ui/dialog.tsx';
import { nameOf } from './conversation-row.tsx';
import { RequeueDialog } from './requeue-dialog.tsx';
import { TransferDialog } from './transfer-dialog.tsx';
import type { Mover } from './use-mover.ts';
import { useCan } from './use-session.ts';

export function MoveDialogs({ mover }: { mover: Mover }) {
  const { chosen, requeued } = mover;
  return (
    <>
      <FullDialog mover={mover} />
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

function FullDialog({ mover }: { mover: Mover }) {
  const { t } = useTranslation();
  const can = useCan();
  const agents = useQuery(agentsQuery).data;
  const { full } = mover;
  const agent = agents?.find(({ id }) => id === full?.agentId);
  if (full === null || agent === undefined) return null;
  const held = agent.load + agent.externalLoad;
  return (
    <Dialog
      opened
      onClose={mover.dismiss}
      size="sm"
      title={t('transfer.full', { name: agent.name })}
    >
      <Text size="sm">
        {t('live.fullText', {
          agent: agent.name,
          held,
          capacity: agent.effectiveCapacity,
          contact: nameOf(full.conversation),
        })}
      </Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" data-autofocus onClick={mover.dismiss}>
          {t('common.cancel')}
        </Button>
        {can('conversations.force') && (
          <Button onClick={() => mover.move(full.conversation, { agentId: full.agentId }, true)}>
            {t('transfer.force')}
          </Button>
        )}
      </Group>
    </Dialog>
  );
}
