// What goes wrong: now and lately, when there is an alarm, who is told; and the mails that went out.
import { IconBell } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  type Alarm,
  alarmRulesQuery,
  alarmsQuery,
  mailServerQuery,
} from '../../api/admin-queries.ts';
import { ErrorNote } from '../../components/answers/error-note.tsx';
import { Loaded } from '../../components/answers/loaded.tsx';
import { AlarmKindsForm, AlarmWaysForm } from '../../components/settings/alarm-forms.tsx';
import { MailLog } from '../../components/settings/mail-log.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { Pill } from '../../ui/pill.tsx';
import { type Column, Table } from '../../ui/table.tsx';

export default function AlarmsPage() {
  const { t } = useTranslation();
  const alarms = useQuery(alarmsQuery);
  const rules = useQuery(alarmRulesQuery);
  const columns = useAlarmColumns();
  const mails = useQuery(mailServerQuery).data?.from != null;
  return (
    <Page title={t('settings.alarms')} text={t('alarms.text')}>
      <Card flush title={t('alarms.lately')}>
        {alarms.isError && alarms.data === undefined ? (
          <ErrorNote error={alarms.error} onRetry={() => void alarms.refetch()} />
        ) : (
          <Table
            label={t('alarms.lately')}
            columns={columns}
            rows={alarms.data}
            rowKey={({ id }) => id}
            empty={
              <EmptyState
                icon={<IconBell size={20} />}
                title={t('alarms.none')}
                text={t('alarms.noneText')}
              />
            }
          />
        )}
      </Card>
      <Loaded query={rules} height={480}>
        {(set) => (
          <>
            <AlarmKindsForm rules={set} />
            <AlarmWaysForm rules={set} mails={mails} />
          </>
        )}
      </Loaded>
      <MailLog />
    </Page>
  );
}

function useAlarmColumns(): Column<Alarm>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    { head: t('alarms.what'), cell: ({ kind }) => t(`alarms.kind.${kind}`) },
    { head: t('alarms.for'), cell: ({ objectName }) => objectName ?? '–' },
    { head: t('alarms.since'), cell: ({ startedAt }) => format.full(startedAt) },
    {
      head: t('alarms.state'),
      cell: ({ endedAt }) =>
        endedAt === null ? (
          <Pill tone="bad">{t('alarms.now')}</Pill>
        ) : (
          <>
            <Pill tone="good">{t('alarms.over')}</Pill> {format.full(endedAt)}
          </>
        ),
    },
  ];
}
