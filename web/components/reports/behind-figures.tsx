// Every figure opens the list of the conversations that it counts.
import { UnstyledButton } from '@mantine/core';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportListQuery } from '../../api/shapes.ts';
import { FigureList } from './figure-list.tsx';
import classes from './reports.module.css';
import type { NarrowedSpan } from './whose.tsx';

export type Behind = Omit<ReportListQuery, 'from' | 'to' | 'timeZone' | 'limit' | 'cursor'>;
type Shown = Behind & { title: string };

const Opening = createContext<(shown: Shown) => void>(() => {});

export function BehindFigures({ span, children }: { span: NarrowedSpan; children: ReactNode }) {
  const [shown, setShown] = useState<Shown | null>(null);
  const query = useMemo(() => {
    if (shown === null) return null;
    const { title: _, ...behind } = shown;
    return { ...span, ...behind };
  }, [span, shown]);
  return (
    <Opening.Provider value={setShown}>
      {children}
      {query !== null && shown !== null && (
        <FigureList title={shown.title} query={query} onClose={() => setShown(null)} />
      )}
    </Opening.Provider>
  );
}

/** A figure; of nothing there is no list. */
export function Figure(props: {
  of: Behind;
  /** What it is, for the heading of the list. */
  title: string;
  count: number;
  /** Where it is not the count that is shown. */
  children: string;
}) {
  const { of, title, count, children } = props;
  const { t } = useTranslation();
  const open = useContext(Opening);
  if (count === 0) return children;
  return (
    <UnstyledButton
      className={classes.figure}
      aria-label={t('behind.show', { value: children })}
      onClick={() => open({ ...of, title })}
    >
      {children}
    </UnstyledButton>
  );
}
