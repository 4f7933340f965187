// Bots: programs that answer first where a plan says so; each with its webhook, its capacity, and whether it is there.
import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { agentsQuery } from '../../api/queries.ts';
import type { Agent } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Card } from '../../ui/page.tsx';
import { Pill } from '../../ui/pill.tsx';
import { RowMenu } from '../../ui/row-menu.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { useSave } from '../answers/use-save.ts';
import { AgentFace } from '../faces/agent-face.tsx';
import { BotForm } from './bot-form.tsx';

const at = (id: string) => ({ params: { path: { id } } });

export function Bots() {
  const { t } = useTranslation();
  const bots = useQuery(agentsQuery).data?.filter(({ kind }) => kind === 'bot');
  const [edited, setEdited] = useState<Agent | 'new' | null>(null);
  const columns = useColumns(setEdited);
  if (bots === undefined) return null;
  return (
    <Card title={t('people.bots')} note={t('people.botsText')} flush>
      {bots.length > 0 && (
        <Table label={t('people.bots')} columns={columns} rows={bots} rowKey={({ id }) => id} />
      )}
      <Group p="md">
        <Button size="compact-sm" variant="default" onClick={() => setEdited('new')}>
          {t('bot.add')}
        </Button>
      </Group>
      {edited !== null && (
        <BotForm bot={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
      )}
    </Card>
  );
}

function useColumns(edit: (bot: Agent) => void): Column<Agent>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      head: t('form.name'),
      cell: ({ name }) => (
        <span style={{ display: 'flex', alignItems: 'center', gap: 10, fontWeight: 500 }}>
          <AgentFace name={name} size={30} />
          <span style={{ overflowWrap: 'anywhere' }}>{name}</span>
        </span>
      ),
    },
    { head: t('bot.url'), cell: ({ webhook }) => webhook?.host ?? '–' },
    { head: t('automations.state'), cell: (bot) => <State bot={bot} /> },
    {
      head: t('live.load'),
      right: true,
      cell: ({ load, effectiveCapacity }) =>
        `${format.number(load)} / ${format.number(effectiveCapacity)}`,
    },
    { head: '', right: true, cell: (bot) => <BotMenu bot={bot} edit={() => edit(bot)} /> },
  ];
}

/** Off: somebody has paused it, or its webhook does not answer. */
function State({ bot: { availability } }: { bot: Agent }) {
  const { t } = useTranslation();
  if (availability === 'online') return <Pill tone="good">{t('bot.on')}</Pill>;
  return <Pill tone="warn">{t(availability === 'away' ? 'bot.paused' : 'bot.off')}</Pill>;
}

function BotMenu({ bot, edit }: { bot: Agent; edit(): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { id, name, load, availability } = bot;
  const touches = ['agents', 'queue'];
  const turn = useSave({
    send: (there: 'online' | 'away') =>
      ask(client.PATCH('/api/v1/agents/{id}', { ...at(id), body: { availability: there } })),
    touches,
  });
  const drop = useSave<void, unknown>({
    send: () => ask(client.DELETE('/api/v1/agents/{id}', at(id))),
    touches: [...touches, 'endpoints', 'tokens'],
    done: t('bot.removed', { name }),
  });
  const held = { name, number: format.number(load) };
  const isOn = availability === 'online';
  return (
    <RowMenu
      name={name}
      actions={[
        { label: t('common.edit'), run: edit },
        isOn
          ? {
              label: t('bot.pause'),
              run: () => turn.mutate('away'),
              ...(load > 0 && { confirm: t('bot.pauseText', held) }),
            }
          : { label: t('bot.resume'), run: () => turn.mutate('online') },
        {
          label: t('common.remove'),
          confirm: t(load > 0 ? 'bot.removeHolding' : 'bot.removeText', held),
          run: () => drop.mutate(),
        },
      ]}
    />
  );
}
