// What was, over a span of days: a section for each question, each with a picture, a table and CSV.
import { Button, Select, Tabs } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '../../browser/server-clock.ts';
import { BehindFigures } from '../components/reports/behind-figures.tsx';
import { type ReportSpan, rangeOf, type Span, spans } from '../components/reports/report-range.ts';
import { sections } from '../components/reports/sections.ts';
import { useCan } from '../components/session/use-session.ts';
import { paths } from '../paths.ts';
import { Page } from '../ui/page.tsx';

/** On a phone they are pushed sideways: on several lines none would stand on the page it belongs to. */
const oneLine = {
  ...({ flexWrap: 'nowrap', overflow: 'auto hidden', scrollbarWidth: 'none' } as const),
  boxShadow: 'inset 0 -2px 0 var(--tab-border-color)',
};

export default function ReportsPage() {
  const { t } = useTranslation();
  const can = useCan();
  const navigate = useNavigate();
  const { section } = useSearch({ strict: false }) as { section?: string };
  const shown = sections.find(({ name }) => name === section) ?? sections[0];
  const [name, setName] = useState<Span>('7d');
  const span = useMemo<ReportSpan>(() => {
    const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    return { ...rangeOf(name, new Date(serverNow())), timeZone };
  }, [name]);
  const list = useRef<HTMLDivElement>(null);
  const at = shown?.name;
  useEffect(() => {
    const tabs = list.current?.querySelectorAll('[role=tab]') ?? [];
    const tab = [...tabs].at(sections.findIndex(({ name: one }) => one === at));
    tab?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [at]);
  return (
    <Page
      title={t('nav.reports')}
      text={shown?.name === 'volume' ? t('report.text') : undefined}
      actions={
        <>
          {can('simulations.write') && (
            <Button
              variant="default"
              size="xs"
              renderRoot={(props) => <Link to={paths.lab} {...props} />}
            >
              {t('nav.lab')}
            </Button>
          )}
          <Select
            size="xs"
            w={170}
            aria-label={t('report.span')}
            data={spans.map((value) => ({ value, label: t(`span.${value}`) }))}
            value={name}
            onChange={(value) => value && setName(value as Span)}
          />
        </>
      }
    >
      <Tabs
        value={shown?.name ?? null}
        onChange={(value) =>
          void navigate({ to: paths.reports, search: { section: value } as never, replace: true })
        }
        keepMounted={false}
      >
        <Tabs.List ref={list} mb="md" style={oneLine} aria-label={t('side.sections')}>
          {sections.map(({ name: value, label }) => (
            <Tabs.Tab key={value} value={value} flex="none">
              {t(label)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {sections.map(({ name: value, Section }) => (
          <Tabs.Panel key={value} value={value}>
            <BehindFigures span={span}>
              <Section span={span} />
            </BehindFigures>
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}
