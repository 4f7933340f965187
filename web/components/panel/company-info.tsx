// What the company's own systems say of who the customer is: its contact there, and what else they know.
import { Anchor, Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { companyInfoQuery, settingsQuery } from '../../api/queries.ts';
import type { Statistic } from '../../api/shapes.ts';
import { Copy, Fact, Facts } from '../../ui/facts.tsx';
import classes from './panel.module.css';
import { readStatistic } from './read-statistic.ts';

/** Nothing where the company's systems are not asked, or only for statistics. */
export function CompanyInfo({ contactId }: { contactId: string }) {
  const { t } = useTranslation();
  const settings = useQuery(settingsQuery).data;
  if (settings?.statisticsBaseEndpoint == null || settings.statisticsStyle !== 'customer') {
    return null;
  }
  return (
    <section className={classes.section}>
      <h2>{t('company.title')}</h2>
      <Known contactId={contactId} subject="contactInfo" />
      <Known contactId={contactId} subject="additionalInfo" />
    </section>
  );
}

function Known(props: { contactId: string; subject: 'contactInfo' | 'additionalInfo' }) {
  const { contactId, subject } = props;
  const { t } = useTranslation();
  const query = useQuery(companyInfoQuery(contactId, subject));
  if (query.isPending) return <Skeleton height={40} mb={8} />;
  if (query.isError) {
    return (
      <p className={classes.quiet}>
        {t(`company.${subject}Failed`)}{' '}
        <Button size="compact-xs" variant="subtle" onClick={() => void query.refetch()}>
          {t('common.retry')}
        </Button>
      </p>
    );
  }
  const known = query.data.filter(({ value }) => value !== '' && value !== null);
  return (
    <Facts>
      {known.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: labels may repeat, the order is theirs
        <Fact key={index} name={one.label}>
          <Value statistic={one} copies={subject === 'contactInfo'} />
        </Fact>
      ))}
    </Facts>
  );
}

function Value({ statistic, copies }: { statistic: Statistic; copies: boolean }) {
  const { t } = useTranslation();
  const read = readStatistic(statistic.value);
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
  // No chart stands here: its points as they came.
  const text = read.kind === 'text' ? read.text : JSON.stringify(read.points);
  return (
    <>
      <span style={{ minWidth: 0 }}>{text}</span>
      {copies && <Copy value={text} label={t('contact.copy', { what: statistic.label })} />}
    </>
  );
}
