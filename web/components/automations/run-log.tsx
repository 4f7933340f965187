// What an automation did, was refused and was stopped at, newest first.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { automationRunsQuery } from '../../api/automation-queries.ts';
import type { Automation, AutomationRun } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Pill } from '../../ui/pill.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import classes from './automations.module.css';

const tones = { done: 'good', failed: 'bad', stopped: 'warn' } as const;

export function RunLog({ automation, onClose }: { automation: Automation; onClose(): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useInfiniteQuery(automationRunsQuery(automation.id));
  const rows = query.data?.pages.flatMap(({ items }) => items);
  const title = t('automations.logOf', { name: automation.name });
  const columns: Column<AutomationRun>[] = [
    { head: t('audit.at'), cell: ({ at }) => format.full(at) },
    {
      head: t('automations.event'),
      cell: ({ event }) => <code style={{ fontSize: 12 }}>{event}</code>,
    },
    {
      head: t('automations.conversation'),
      cell: ({ conversationId: id }) => (
        <Link to={paths.conversation('all', id)}>{t('common.open')}</Link>
      ),
    },
    {
      head: t('automations.outcome'),
      cell: ({ outcome }) => (
        <Pill tone={tones[outcome]}>{t(`automations.outcome.${outcome}`)}</Pill>
      ),
    },
    { head: t('automations.actions'), cell: (run) => <Results run={run} /> },
  ];
  return (
    <Dialog opened onClose={onClose} title={title} size={900}>
      <Table
        label={title}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('automations.logNone')} text="" />}
      />
      <ShowMore query={query} />
    </Dialog>
  );
}

function Results({ run: { outcome, reason, actions } }: { run: AutomationRun }) {
  const { t } = useTranslation();
  if (outcome === 'stopped') return <>{t(`automations.${reason as 'too-deep'}`)}</>;
  return (
    <ul className={classes.results}>
      {actions.map((one, nth) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a run never changes
        <li key={nth}>
          {t(`action.${one.do}`)}: {t(`automations.result.${one.result}`)}
          {one.reason !== undefined && ` (${one.reason})`}
        </li>
      ))}
    </ul>
  );
}
