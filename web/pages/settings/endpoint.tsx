// One endpoint: what it is bound to, a test, and the log of everything that went there.
import { Alert, Button, Group, SegmentedControl, Stack, Switch, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { deliveriesQuery, endpointsQuery } from '../../api/queries.ts';
import type { Delivery, Endpoint } from '../../api/shapes.ts';
import { DeliveryDialog, TestDialog } from '../../components/delivery-dialog.tsx';
import { DELIVERY_SPANS, sinceOf } from '../../components/delivery-spans.ts';
import { DeliveryState, EndpointState } from '../../components/endpoint-state.tsx';
import { RowMenu } from '../../components/row-menu.tsx';
import { readShownOnce } from '../../components/shown-once.ts';
import { useSave } from '../../components/use-save.ts';
import { useCan } from '../../components/use-session.ts';
import { EndpointForm } from '../../forms/endpoint-form.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Fact, Facts, Paste } from '../../ui/facts.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { type Column, Table } from '../../ui/table.tsx';

const at = (id: string) => ({ params: { path: { id } } });

export default function EndpointPage() {
  const { t } = useTranslation();
  const { id } = useParams({ strict: false }) as { id: string };
  const can = useCan();
  const endpoint = useQuery({ ...endpointsQuery, refetchInterval: 5000 }).data?.find(
    (one) => one.id === id,
  );
  const [dialog, setDialog] = useState<'edit' | 'test' | null>(null);
  if (endpoint === undefined) return <Page title={t('settings.integration')}>{null}</Page>;
  const { librarySecret } = readShownOnce(id);
  return (
    <Page
      title={new URL(endpoint.url).host}
      text={endpoint.url}
      actions={can('endpoints.write') && <Actions endpoint={endpoint} onDialog={setDialog} />}
    >
      {endpoint.warnings.length > 0 && (
        <Alert color="yellow" variant="outline" mb="md">
          {endpoint.warnings.map((text) => (
            <div key={text}>{text}</div>
          ))}
        </Alert>
      )}
      {librarySecret && (
        <Card title={t('endpoint.librarySecret')} note={t('endpoint.librarySecretText')}>
          <Paste label="whsec" value={librarySecret} copyLabel={t('common.copy')} />
        </Card>
      )}
      <Summary endpoint={endpoint} />
      <Log endpoint={endpoint} />
      {dialog === 'edit' && (
        <EndpointForm
          endpoint={endpoint}
          onClose={() => setDialog(null)}
          onSaved={() => setDialog(null)}
        />
      )}
      {dialog === 'test' && <TestDialog endpoint={endpoint} onClose={() => setDialog(null)} />}
    </Page>
  );
}

function Actions(props: { endpoint: Endpoint; onDialog(dialog: 'edit' | 'test'): void }) {
  const { endpoint, onDialog } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const remove = useSave({
    send: () => ask(client.DELETE('/api/v1/endpoints/{id}', at(endpoint.id))),
    touches: ['endpoints'],
    onDone: () => void navigate({ to: paths.settings('integration') }),
  });
  return (
    <>
      <EnableSwitch endpoint={endpoint} />
      <Button size="xs" variant="default" onClick={() => onDialog('test')}>
        {t('endpoint.test')}
      </Button>
      <Button size="xs" variant="default" onClick={() => onDialog('edit')}>
        {t('common.edit')}
      </Button>
      <RowMenu
        name={endpoint.url}
        actions={[
          {
            label: t('common.remove'),
            confirm: t('endpoint.removeText'),
            run: () => remove.mutate(undefined),
          },
        ]}
      />
    </>
  );
}

/** Switched on again, it asks what becomes of the events that were held meanwhile. */
function EnableSwitch({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const change = useSave({
    send: (body: { enabled: boolean; held?: 'send' | 'drop' }) =>
      ask(client.PATCH('/api/v1/endpoints/{id}', { ...at(endpoint.id), body })),
    touches: ['endpoints', 'deliveries'],
    onDone: () => setAsking(false),
  });
  return (
    <>
      <Switch
        label={t('endpoint.enabled')}
        size="sm"
        checked={endpoint.enabled}
        onChange={(event) =>
          event.currentTarget.checked ? setAsking(true) : change.mutate({ enabled: false })
        }
      />
      <Dialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('endpoint.heldTitle')}
        size="sm"
      >
        <Text size="sm">{t('endpoint.heldText')}</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={() => change.mutate({ enabled: true, held: 'drop' })}>
            {t('endpoint.heldDrop')}
          </Button>
          <Button onClick={() => change.mutate({ enabled: true, held: 'send' })}>
            {t('endpoint.heldSend')}
          </Button>
        </Group>
      </Dialog>
    </>
  );
}

function Summary({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Card title={t('endpoint.summary')}>
      <Facts>
        <Fact name={t('endpoint.state')}>
          <EndpointState endpoint={endpoint} />
        </Fact>
        <Fact name={t('endpoint.events')}>{endpoint.events.join(', ') || '–'}</Fact>
        <Fact name={t('endpoint.verifyTls')}>
          {endpoint.verifyTls ? t('common.yes') : t('common.no')}
        </Fact>
        <Fact name={t('endpoint.failures')}>{format.number(endpoint.failures)}</Fact>
        <Fact name={t('endpoint.lastSuccess')}>
          {endpoint.lastSuccessAt === null ? '–' : format.full(endpoint.lastSuccessAt)}
        </Fact>
      </Facts>
    </Card>
  );
}

const states = ['every', 'failed', 'pending', 'done'] as const;
type StateWish = (typeof states)[number];

function Log({ endpoint }: { endpoint: Endpoint }) {
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
    { head: t('delivery.outcome'), cell: ({ outcome }) => outcome ?? '–' },
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
        empty={<EmptyState title={t('delivery.none')} text={t('delivery.noneText')} />}
      />
      {query.hasNextPage && (
        <Group justify="center" p="sm">
          <Button
            size="xs"
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('common.showMore')}
          </Button>
        </Group>
      )}
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
          ...at(endpoint.id),
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
          run: () => redeliver.mutate({ since: sinceOf(span, Date.now()), states: which }),
        })),
      )}
    />
  );
}
