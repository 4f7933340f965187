// A part of an entry: what it is for, whether it holds at all, and its fields.
import { Switch, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './entries.module.css';

export function EntrySection(props: {
  title: string;
  text?: string;
  /** Left out: it always holds. */
  on?: boolean;
  onToggle?(on: boolean): void;
  disabled?: boolean;
  actions?: ReactNode;
  faults?: string | null;
  warnings?: string | null;
  children?: ReactNode;
}) {
  const { title, text, on = true, onToggle, faults, warnings } = props;
  return (
    <section className={classes.section} aria-label={title}>
      <div className={classes.sectionHead}>
        <div>
          <Title order={3}>{title}</Title>
          {text && <p>{text}</p>}
        </div>
        {props.actions}
        {onToggle && (
          <Switch
            aria-label={title}
            checked={on}
            disabled={props.disabled ?? false}
            onChange={(event) => onToggle(event.currentTarget.checked)}
          />
        )}
      </div>
      {faults && (
        <p className={classes.fault} role="alert">
          {faults}
        </p>
      )}
      {warnings && <p className={classes.warning}>{warnings}</p>}
      {on && <div className={classes.sectionBody}>{props.children}</div>}
    </section>
  );
}
