// Sends a sample to an endpoint once, and shows what was sent and answered.
import { Button, Group, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import type { Endpoint } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Code } from '../../ui/facts.tsx';
import { Pill } from '../../ui/pill.tsx';
import { problemText } from '../answers/problem-text.ts';
import { useSave } from '../answers/use-save.ts';
import { prettyJson } from './pretty-json.ts';

export function TestDialog({ endpoint, onClose }: { endpoint: Endpoint; onClose(): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [type, setType] = useState(endpoint.events[0] ?? null);
  const test = useSave({
    send: () =>
      ask(
        client.POST('/api/v1/endpoints/{id}/test', {
          params: { path: { id: endpoint.id } },
          body: { type: type ?? undefined },
        }),
      ),
    quiet: true,
  });
  return (
    <Dialog opened onClose={onClose} title={t('endpoint.test')} size="lg">
      <Stack gap="md">
        <Group align="flex-end">
          <Select
            label={t('delivery.event')}
            data={endpoint.events}
            value={type}
            onChange={(value) => setType(value as typeof type)}
            style={{ flex: 1 }}
          />
          <Button
            loading={test.isPending}
            disabled={type === null}
            onClick={() => test.mutate(undefined)}
          >
            {t('endpoint.sendTest')}
          </Button>
        </Group>
        {test.isError && <div role="alert">{problemText(test.error)}</div>}
        {test.data && (
          <>
            <Group gap="xs">
              <Pill tone={test.data.delivered ? 'good' : 'bad'}>{test.data.result}</Pill>
              <span style={{ color: 'var(--soft)', fontSize: 12 }}>
                {format.number(test.data.latencyMs)} ms
              </span>
            </Group>
            <Code label={t('delivery.request')}>
              {`${Object.entries(test.data.request.headers)
                .map(([name, value]) => `${name}: ${value}`)
                .join('\n')}\n\n${prettyJson(test.data.request.body)}`}
            </Code>
            {test.data.answer && <Code label={t('delivery.answer')}>{test.data.answer}</Code>}
          </>
        )}
      </Stack>
    </Dialog>
  );
}
