// Bots: programs that answer first where a plan says so; each with its webhook, its capacity, and whether it is there.
import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { agentsQuery } from '../../api/queries.ts';
import type { Agent } from '../../api/shapes.ts';
import { Card } from '../../ui/page.tsx';
import { Pill } from '../../ui/pill.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { BotForm } from './bot-form.tsx';

export function Bots() {
  const { t } = useTranslation();
  const bots = useQuery(agentsQuery).data?.filter(({ kind }) => kind === 'bot');
  const [edited, setEdited] = useState<Agent | 'new' | null>(null);
  if (bots === undefined) return null;
  const columns: Column<Agent>[] = [
    { head: t('form.name'), cell: ({ name }) => <span style={{ fontWeight: 500 }}>{name}</span> },
    { head: t('bot.url'), cell: ({ webhook }) => webhook?.host ?? '–' },
    {
      head: '',
      cell: ({ availability }) =>
        availability === 'online' ? (
          <Pill tone="good">{t('bot.on')}</Pill>
        ) : (
          <Pill tone="warn">{t('bot.off')}</Pill>
        ),
    },
    {
      head: t('agent.capacity'),
      right: true,
      cell: ({ effectiveCapacity }) => effectiveCapacity,
    },
    {
      head: '',
      right: true,
      cell: (bot) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('agent.edit', { name: bot.name })}
          onClick={() => setEdited(bot)}
        >
          {t('common.edit')}
        </Button>
      ),
    },
  ];
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
