// How the events of each hour arrived at an endpoint: bars, and the same as a table.
import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deliveryHoursQuery } from '../../api/queries.ts';
import type { DeliveryHours as Hours } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Card } from '../../ui/page.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { Loaded } from '../answers/loaded.tsx';
import classes from './endpoints.module.css';

type Hour = Hours['items'][number];
const spans = ['24', '168'] as const;
const parts = ['delivered', 'failed', 'waiting'] as const;
const words = {
  delivered: 'delivery.done',
  failed: 'delivery.failed',
  waiting: 'delivery.pending',
} as const;
/** As many as the server looks at. */
const MOST = 20_000;

export function DeliveryHours({ endpointId }: { endpointId: string }) {
  const { t } = useTranslation();
  const [span, setSpan] = useState<(typeof spans)[number]>('24');
  const query = useQuery(deliveryHoursQuery(endpointId, Number(span)));
  return (
    <Card
      title={t('endpoint.hours')}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('endpoint.hours')}
          data={spans.map((value) => ({ value, label: t(`endpoint.hours.${value}`) }))}
          value={span}
          onChange={(value) => setSpan(value as (typeof spans)[number])}
        />
      }
    >
      <Loaded query={query} height={140}>
        {(hours) => <Drawn {...hours} />}
      </Loaded>
    </Card>
  );
}

function Drawn({ items, isCut }: Hours) {
  const { t } = useTranslation();
  const format = useFormat();
  const sum = (part: (typeof parts)[number]) =>
    format.number(items.reduce((all, hour) => all + hour[part], 0));
  const sums = { delivered: sum('delivered'), failed: sum('failed'), waiting: sum('waiting') };
  const most = Math.max(...items.map(countOf));
  if (most <= 0)
    return <EmptyState title={t('endpoint.hoursNone')} text={t('endpoint.hoursNoneText')} />;
  const text = t('endpoint.hoursText', sums);
  const [first] = items;
  return (
    <>
      <div className={classes.legend}>
        {parts.map((part) => (
          <span key={part} data-part={part}>
            {t(words[part])} <strong className="numbers">{sums[part]}</strong>
          </span>
        ))}
      </div>
      <div className={classes.bars} role="img" aria-label={text}>
        {items.map((hour) => (
          <div key={hour.at} className={classes.bar} title={nameHour(hour)}>
            {parts.toReversed().map((part) => (
              <span
                key={part}
                data-part={part}
                style={{ blockSize: hour[part] && `max(2px, ${(hour[part] / most) * 100}%)` }}
              />
            ))}
          </div>
        ))}
      </div>
      <div className={classes.ends} aria-hidden>
        <span>{first && format.full(first.at)}</span>
        <span>{format.full(items.at(-1)?.at ?? '')}</span>
      </div>
      {isCut && first && (
        <p className={classes.cut}>
          {t('endpoint.hoursCut', { most: format.number(MOST), at: format.full(first.at) })}
        </p>
      )}
      <details>
        <summary>{t('endpoint.hoursTable')}</summary>
        <Table
          label={t('endpoint.hours')}
          columns={columns()}
          rows={items.filter((hour) => countOf(hour) > 0).toReversed()}
          rowKey={({ at }) => at}
        />
      </details>
    </>
  );

  function nameHour(hour: Hour): string {
    const { number } = format;
    const counted = {
      delivered: number(hour.delivered),
      failed: number(hour.failed),
      waiting: number(hour.waiting),
    };
    return `${format.full(hour.at)}: ${t('endpoint.hoursText', counted)}`;
  }

  function columns(): Column<Hour>[] {
    return [
      { head: t('endpoint.hour'), cell: ({ at }) => format.full(at) },
      ...parts.map((part) => ({
        head: t(words[part]),
        right: true,
        cell: (hour: Hour) => format.number(hour[part]),
      })),
    ];
  }
}

const countOf = ({ delivered, failed, waiting }: Hour): number => delivered + failed + waiting;
