// Shown where a list is empty: what belongs here, and what to do next.
import type { ReactNode } from 'react';
import classes from './ui.module.css';

export function EmptyState(props: {
  icon?: ReactNode;
  title: string;
  text?: string | undefined;
  children?: ReactNode;
}) {
  return (
    <div className={classes.empty}>
      {props.icon && <span className={classes.emptyIcon}>{props.icon}</span>}
      <p className={classes.emptyTitle}>{props.title}</p>
      {props.text && <p className={classes.emptyText}>{props.text}</p>}
      {props.children}
    </div>
  );
}
