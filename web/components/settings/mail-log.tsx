// The mail server as it is set up, a test, and what went out.
import { Button } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Mail, mailServerQuery, mailsQuery } from '../../api/admin-queries.ts';
import { ask, client } from '../../api/client.ts';
import { sessionQuery } from '../../api/queries.ts';
import { sideBySide } from '../../i18n/start-i18n.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Card } from '../../ui/page.tsx';
import { Pill } from '../../ui/pill.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { ErrorNote } from '../answers/error-note.tsx';
import { useSave } from '../answers/use-save.ts';

export function MailLog() {
  const { t, i18n } = useTranslation();
  const { from = null, host = null } = useQuery(mailServerQuery).data ?? {};
  const to = useQuery(sessionQuery).data?.user.email ?? '';
  const mails = useQuery(mailsQuery);
  const columns = useMailColumns();
  const test = useSave({
    send: () => ask(client.POST('/api/v1/mails/test', { body: { to, language: i18n.language } })),
    touches: ['mails'],
    done: t('mails.testing', { to }),
  });
  const isOn = from !== null && host !== null;
  return (
    <Card
      flush
      title={t('mails.log')}
      note={isOn ? t('mails.on', { from, host }) : t('mails.off')}
      actions={
        isOn && (
          <Button
            size="xs"
            variant="default"
            loading={test.isPending}
            onClick={() => test.mutate(undefined)}
          >
            {t('mails.test')}
          </Button>
        )
      }
    >
      {mails.isError && mails.data === undefined ? (
        <ErrorNote error={mails.error} onRetry={() => void mails.refetch()} />
      ) : (
        <Table
          label={t('mails.log')}
          columns={columns}
          rows={mails.data}
          rowKey={({ id }) => String(id)}
          empty={
            <EmptyState
              icon={<IconMail size={20} />}
              title={t('mails.none')}
              text={t('mails.noneText')}
            />
          }
        />
      )}
    </Card>
  );
}

const tones = { waiting: 'warn', sent: 'good', failed: 'bad' } as const;

function useMailColumns(): Column<Mail>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    { head: t('audit.at'), cell: ({ createdAt }) => format.full(createdAt) },
    { head: t('alarms.what'), cell: ({ kind }) => t(`mails.kind.${kind}`) },
    {
      head: t('mails.to'),
      cell: ({ to }) => <span style={{ overflowWrap: 'anywhere' }}>{to}</span>,
    },
    {
      head: t('alarms.state'),
      cell: ({ state, outcome, nextAt, attempts }) => (
        <>
          <Pill tone={tones[state]}>{t(`mails.${state}`)}</Pill>
          {state !== 'sent' && attempts > 0 && (
            <div style={{ color: 'var(--soft)', fontSize: 12, overflowWrap: 'anywhere' }}>
              {sideBySide([outcome, nextAt && t('mails.again', { at: format.full(nextAt) })])}
            </div>
          )}
        </>
      ),
    },
  ];
}
