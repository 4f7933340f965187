// Uploads a file of shifts: first what is in it and what is wrong, then it takes effect.
import { Alert, Button, FileInput, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type MouseEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import type { ShiftCsvResult } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { problemText } from '../answers/problem-text.ts';
import { useSave } from '../answers/use-save.ts';

type Fault = ShiftCsvResult['faults'][number];
type Shown = ShiftCsvResult['shifts'][number];

/** What is scrolled can be reached by keyboard. */
const scrolledByKeys = (name: string) => ({ tabIndex: 0, role: 'group', 'aria-label': name });
/** The buttons stay in sight below it. */
const bounded = { maxHeight: 'min(260px, 40dvh)', overflowY: 'auto' } as const;
const EXAMPLE = 'agent,start,end,status\nana@example.com,2026-01-31 09:00,2026-01-31 17:00,\n';

export function ShiftUpload({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [timeZone, setTimeZone] = useState(Intl.DateTimeFormat().resolvedOptions().timeZone);
  const check = useSave({
    quiet: true,
    send: (given: File) => send(given, { timeZone, check: true }),
  });
  const save = useSave({
    quiet: true,
    send: (given: File) => send(given, { timeZone }),
    done: t('shift.done'),
    onDone: () => {
      void queries.invalidateQueries({ queryKey: ['report'] });
      onClose();
    },
  });
  const result = check.data;
  const isReady = result !== undefined && result.faults.length === 0;
  const failed = check.error ?? save.error;
  return (
    <Dialog opened onClose={onClose} title={t('shift.upload')} size="lg">
      <Stack gap="sm">
        <p style={{ margin: 0 }}>{t('shift.how')}</p>
        <pre style={{ margin: 0, overflowX: 'auto', fontSize: 12 }} {...scrolledByKeys('CSV')}>
          {EXAMPLE}
        </pre>
        <TextInput
          label={t('shift.zone')}
          description={t('shift.zoneHint')}
          value={timeZone}
          onChange={(event) => {
            setTimeZone(event.currentTarget.value);
            check.reset();
          }}
        />
        <FileInput
          label={t('shift.file')}
          placeholder={t('shift.choose')}
          accept=".csv,text/csv"
          leftSection={<IconFileSpreadsheet size={16} />}
          // A file that was mended and is chosen again would change nothing.
          fileInputProps={{ onClick: forgetChosen }}
          value={file}
          onChange={(given) => {
            setFile(given);
            save.reset();
            check.reset();
            if (given !== null) check.mutate(given);
          }}
        />
        {failed !== null && (
          <Alert color="red" variant="outline" role="alert">
            {problemText(failed)}
          </Alert>
        )}
        {result !== undefined && <Found result={result} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          {file !== null && result === undefined && (
            <Button variant="default" loading={check.isPending} onClick={() => check.mutate(file)}>
              {t('shift.check')}
            </Button>
          )}
          <Button
            disabled={!isReady}
            loading={save.isPending}
            onClick={() => file !== null && save.mutate(file)}
          >
            {t('shift.apply')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function forgetChosen({ currentTarget }: MouseEvent<HTMLInputElement>): void {
  currentTarget.value = '';
}

async function send(file: File, query: { timeZone: string; check?: boolean }) {
  const content = await file.arrayBuffer();
  return ask(
    client.PUT('/api/v1/shifts.csv', {
      params: { query },
      headers: { 'content-type': 'text/csv' },
      body: content as never,
      bodySerializer: (body: unknown) => body as ArrayBuffer,
    } as never),
  ) as Promise<ShiftCsvResult>;
}

function Found({ result }: { result: ShiftCsvResult }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { faults, shifts, from, to, agents, added } = result;
  if (faults.length > 0) {
    const columns: Column<Fault>[] = [
      {
        head: t('shift.line'),
        width: 70,
        cell: ({ line }) => (
          <span>
            {/* On a phone it stands alone above the others. */}
            <Text span inherit hiddenFrom="sm">
              {t('shift.line')}{' '}
            </Text>
            {line ?? '–'}
          </span>
        ),
      },
      { head: t('shift.value'), cell: ({ value }) => value ?? '–' },
      { head: t('shift.wrong'), cell: ({ code }) => t(`shift.fault.${code}`) },
    ];
    return (
      <section aria-label={t('shift.faults')}>
        <Alert color="red" variant="outline" role="alert" mb="xs">
          {t('shift.faults')}
        </Alert>
        <div style={bounded} {...scrolledByKeys(t('shift.faults'))}>
          <Table
            label={t('shift.faults')}
            columns={columns}
            rows={faults}
            rowKey={({ line, code, value }) => `${line} ${code} ${value}`}
          />
        </div>
      </section>
    );
  }
  const columns: Column<Shown>[] = [
    { head: t('report.agent'), cell: ({ agentName }) => agentName },
    { head: t('shift.start'), cell: ({ start }) => format.full(start) },
    { head: t('shift.end'), cell: ({ end }) => format.full(end) },
    {
      head: t('shift.expects'),
      cell: ({ status, expects }) => status ?? t(`availability.${expects}`),
    },
  ];
  return (
    <section aria-label={t('shift.preview')}>
      <p style={{ margin: '0 0 8px' }} role="status">
        {t('shift.replaces', {
          count: added,
          agents,
          from: from === null ? '' : format.full(from),
          to: to === null ? '' : format.full(to),
        })}
      </p>
      <div style={bounded} {...scrolledByKeys(t('shift.preview'))}>
        <Table
          label={t('shift.preview')}
          columns={columns}
          rows={shifts}
          rowKey={({ line }) => String(line)}
        />
      </div>
    </section>
  );
}
