// A delivery in full: the request as it was sent, and every answer.
import { Button, Group, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { deliveryQuery } from '../../api/queries.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Code, Fact, Facts } from '../../ui/facts.tsx';
import { Pill } from '../../ui/pill.tsx';
import { ErrorNote } from '../answers/error-note.tsx';
import { useSave } from '../answers/use-save.ts';
import { wordOutcome } from '../naming/word-outcome.ts';
import { useCan } from '../session/use-session.ts';
import { DeliveryState } from './endpoint-state.tsx';
import { prettyJson } from './pretty-json.ts';

const writeHeaders = (headers: Record<string, string>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');

export function DeliveryDialog({ id, onClose }: { id: string; onClose(): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const query = useQuery(deliveryQuery(id));
  const again = useSave({
    send: () => ask(client.POST('/api/v1/deliveries/{id}/redeliver', { params: { path: { id } } })),
    touches: ['deliveries'],
    done: t('delivery.redelivered'),
    onDone: onClose,
  });
  const one = query.data;
  return (
    <Dialog opened onClose={onClose} title={one?.type ?? t('common.loading')} size="xl">
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={200} />}
      {one && (
        <Stack gap="md">
          <Facts>
            <Fact name={t('endpoint.state')}>
              <DeliveryState state={one.state} />
            </Fact>
            <Fact name="webhook-id">{one.triggerId}</Fact>
            {one.nextAttemptAt && (
              <Fact name={t('delivery.next')}>{format.full(one.nextAttemptAt)}</Fact>
            )}
          </Facts>
          {one.body !== null && (
            <div>
              <h3>{t('delivery.request')}</h3>
              <Code label={t('delivery.request')}>{prettyJson(one.body)}</Code>
            </div>
          )}
          {one.log.map((attempt) => (
            <div key={attempt.attempt}>
              <Group gap="xs" mb={6}>
                <b>{t('delivery.attempt', { number: attempt.attempt })}</b>
                <Pill tone={attempt.status !== null && attempt.status < 300 ? 'good' : 'bad'}>
                  {wordOutcome(attempt.result, t)}
                </Pill>
                <span style={{ color: 'var(--soft)', fontSize: 12 }}>
                  {format.full(attempt.startedAt)} · {format.number(attempt.latencyMs)} ms
                  {attempt.address && ` · ${attempt.address}`}
                </span>
              </Group>
              {attempt.requestHeaders && (
                <Code label={t('delivery.headers')}>{writeHeaders(attempt.requestHeaders)}</Code>
              )}
              {attempt.answer && <Code label={t('delivery.answer')}>{attempt.answer}</Code>}
            </div>
          ))}
          {can('endpoints.write') && (
            <Group justify="flex-end">
              <Button loading={again.isPending} onClick={() => again.mutate(undefined)}>
                {t('delivery.again')}
              </Button>
            </Group>
          )}
        </Stack>
      )}
    </Dialog>
  );
}
