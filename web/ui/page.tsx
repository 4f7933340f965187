// A page that scrolls, its heading, and the cards on it.
import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './page.module.css';

export function Page(props: {
  title: string;
  text?: string | undefined;
  actions?: ReactNode;
  narrow?: boolean;
  children: ReactNode;
}) {
  return (
    // Focusable, so that the keyboard can scroll it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus
    <main className={classes.page} tabIndex={0}>
      <div className={classes.pageInner} data-narrow={props.narrow || undefined}>
        <div className={classes.pageHead}>
          <div>
            <Title order={1}>{props.title}</Title>
            {props.text && <p>{props.text}</p>}
          </div>
          {props.actions && <div className={classes.pageActions}>{props.actions}</div>}
        </div>
        {props.children}
      </div>
    </main>
  );
}

export function Card(props: {
  title?: string;
  note?: string | undefined;
  actions?: ReactNode;
  flush?: boolean;
  children: ReactNode;
}) {
  return (
    <section className={classes.card} aria-label={props.title}>
      {props.title && (
        <div className={classes.cardHead}>
          <div className={classes.cardTitle}>
            <Title order={2}>{props.title}</Title>
            {props.note && <p className={classes.cardNote}>{props.note}</p>}
          </div>
          {props.actions}
        </div>
      )}
      <div className={props.flush ? classes.flush : classes.cardBody}>{props.children}</div>
    </section>
  );
}

export function Tile(props: { label: string; value: ReactNode; note?: ReactNode }) {
  return (
    <div className={classes.tile}>
      <div className={classes.tileLabel}>{props.label}</div>
      <div className={classes.tileValue}>{props.value}</div>
      {props.note && <div className={classes.tileNote}>{props.note}</div>}
    </div>
  );
}

export function Tiles({ children }: { children: ReactNode }) {
  return <div className={classes.tiles}>{children}</div>;
}
