// Everything that was sent to an endpoint, and how it went; what failed can be sent once more.
import { Button, SegmentedControl, Stack } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '../../../browser/server-clock.ts';
import { ask, client } from '../../api/client.ts';
import { deliveriesQuery } from '../../api/queries.ts';
import type { Delivery, Endpoint } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Card } from '../../ui/page.tsx';
import { RowMenu } from '../../ui/row-menu.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { useSave } from '../answers/use-save.ts';
import { wordOutcome } from '../naming/word-outcome.ts';
import { useCan } from '../session/use-session.ts';
import { DeliveryDialog } from './delivery-dialog.tsx';
import { DELIVERY_SPANS, sinceOf } from './delivery-spans.ts';
import { DeliveryState } from './endpoint-state.tsx';

const states = ['every', 'failed', 'pending', 'done'] as const;
type StateWish = (typeof states)[number];

export function DeliveryLog({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const [state, setState] = useState<StateWish>('every');
  const [shown, setShown] = useState<string | null>(null);
  const query = useInfiniteQuery(
    deliveriesQuery(endpoint.id, state === 'every' ? undefined : state),
  );
  const rows = query.data?.pages.flatMap(({ items }) => items);
  const columns: Column<Delivery>[] = [
    { head: t('audit.at'), cell: ({ createdAt }) => format.full(createdAt) },
    { head: t('delivery.event'), cell: ({ type }) => <code style={{ fontSize: 12 }}>{type}</code> },
    { head: t('endpoint.state'), cell: (one) => <DeliveryState state={one.state} /> },
    {
      head: t('delivery.outcome'),
      cell: ({ outcome }) => (outcome === null ? '–' : wordOutcome(outcome, t)),
    },
    { head: t('delivery.attempts'), right: true, cell: ({ attempts }) => attempts },
    {
      head: '',
      right: true,
      cell: ({ id }) => (
        <Button size="compact-xs" variant="default" onClick={() => setShown(id)}>
          {t('common.open')}
        </Button>
      ),
    },
  ];
  return (
    <Card
      title={t('delivery.log')}
      flush
      actions={can('endpoints.write') && <RedeliverMany endpoint={endpoint} />}
    >
      <Stack p="sm" gap={0}>
        <SegmentedControl
          size="xs"
          w="fit-content"
          aria-label={t('endpoint.state')}
          data={states.map((value) => ({ value, label: t(`delivery.${value}`) }))}
          value={state}
          onChange={(value) => setState(value as StateWish)}
        />
      </Stack>
      <Table
        label={t('delivery.log')}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        onRow={({ id }) => setShown(id)}
        empty={<EmptyState title={t('delivery.none')} text={t('delivery.noneText')} />}
      />
      <ShowMore query={query} />
      {shown !== null && <DeliveryDialog id={shown} onClose={() => setShown(null)} />}
    </Card>
  );
}

function RedeliverMany({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation();
  const redeliver = useSave({
    send: ({ since, states }: { since: string; states: 'failed' | 'all' }) =>
      ask(
        client.POST('/api/v1/endpoints/{id}/redeliver', {
          params: { path: { id: endpoint.id } },
          body: { since, states },
        }),
      ),
    touches: ['deliveries'],
    done: t('delivery.redelivered'),
  });
  return (
    <RowMenu
      name={t('delivery.log')}
      actions={DELIVERY_SPANS.flatMap((span) =>
        (['failed', 'all'] as const).map((which) => ({
          label: t(`redeliver.${which}`, { span: t(`redeliver.${span}`) }),
          run: () => redeliver.mutate({ since: sinceOf(span, serverNow()), states: which }),
        })),
      )}
    />
  );
}
