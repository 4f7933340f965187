// What the company's own statistics say of the customer: now, a day, a week, all.
import { LineChart } from '@mantine/charts';
import '@mantine/charts/styles.layer.css';
import { Anchor, Button, SegmentedControl, Skeleton } from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../api/client.ts';
import { contactQuery, statisticsQuery } from '../../api/queries.ts';
import type { Conversation, Statistic } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { ContactHistory } from './contact-history.tsx';
import classes from './panel.module.css';
import { readStatistic } from './read-statistic.ts';

const windows = ['now', '24h', '7d', 'all'] as const;
type Window = (typeof windows)[number];

export default function ActivityTab({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const { id: contactId } = conversation.contact;
  const [window, setWindow] = useState<Window>('now');
  return (
    <>
      <section className={classes.section}>
        <SegmentedControl
          fullWidth
          size="xs"
          mb="md"
          aria-label={t('panel.activity')}
          value={window}
          onChange={(value) => setWindow(value as Window)}
          data={windows.map((value) => ({ value, label: t(`window.${value}`) }))}
        />
        {window === 'now' ? (
          <Now contactId={contactId} />
        ) : (
          <Statistics contactId={contactId} window={window} />
        )}
      </section>
      <ContactHistory conversation={conversation} />
    </>
  );
}

function Now({ contactId }: { contactId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const contact = useQuery(contactQuery(contactId)).data;
  if (contact === undefined) return <Skeleton height={80} />;
  const page = contact.attributes.page ?? contact.attributes.lastPage;
  return (
    <Facts>
      <Fact name={t('contact.seen')}>{format.full(contact.seenAt)}</Fact>
      {typeof page === 'string' && <Fact name={t('contact.page')}>{page}</Fact>}
      <Fact name={t('contact.since')}>{format.full(contact.createdAt)}</Fact>
    </Facts>
  );
}

function Statistics(props: { contactId: string; window: '24h' | '7d' | 'all' }) {
  const { t } = useTranslation();
  const query = useQuery(statisticsQuery(props.contactId, props.window));
  if (query.isPending) return <Skeleton height={120} />;
  if (query.isError) {
    const off =
      query.error instanceof ApiProblem && query.error.code === 'statistics.not-configured';
    return (
      <EmptyState
        icon={<IconActivity size={20} />}
        title={off ? t('statistics.off') : t('statistics.failed')}
        text={off ? t('statistics.offText') : t('statistics.failedText')}
      >
        {!off && (
          <Button size="xs" variant="default" mt={8} onClick={() => void query.refetch()}>
            {t('common.retry')}
          </Button>
        )}
      </EmptyState>
    );
  }
  if (query.data.length === 0) return <p className={classes.quiet}>{t('statistics.none')}</p>;
  return (
    <dl style={{ margin: 0 }}>
      {query.data.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: labels may repeat, the order is theirs
        <div key={index} className={classes.stat}>
          <dt>
            {one.iconURL && /^https?:/.test(one.iconURL) && <img src={one.iconURL} alt="" />}
            {one.label}
          </dt>
          <dd>
            <Value statistic={one} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Value({ statistic }: { statistic: Statistic }) {
  const { t } = useTranslation();
  const format = useFormat();
  const read = readStatistic(statistic.value);
  if (read.kind === 'text') return read.text;
  if (read.kind === 'links') {
    return read.links.map(({ url, label }) => (
      <div key={url + label}>
        {url === null ? (
          label
        ) : (
          <Anchor href={url} target="_blank" rel="noreferrer" size="sm">
            {label}
          </Anchor>
        )}
      </div>
    ));
  }
  const last = read.points.at(-1);
  const label = t('statistics.chart', {
    label: statistic.label,
    count: read.points.length,
    last: format.number(last?.y ?? 0),
    at: last?.x ?? '',
  });
  return (
    <div role="img" aria-label={label}>
      <span className="numbers">{format.number(last?.y ?? 0)}</span>
      <LineChart
        h={110}
        mt={6}
        data={read.points}
        dataKey="x"
        series={[{ name: 'y', label: statistic.label, color: 'iris.6' }]}
        withDots={read.points.length === 1}
        withXAxis={false}
        gridAxis="none"
        yAxisProps={{ width: 32 }}
        valueFormatter={(value) => format.number(value)}
      />
    </div>
  );
}
