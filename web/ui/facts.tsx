// Names and values, and what can be copied from them.
import { ActionIcon, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './facts.module.css';

export function Facts({ children }: { children: ReactNode }) {
  return <dl className={classes.facts}>{children}</dl>;
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

export function Copy({ value, label }: { value: string; label: string }) {
  return (
    <CopyButton value={value} timeout={1500}>
      {({ copied, copy }) => (
        <ActionIcon data-tip={label} size={20} onClick={copy} aria-label={label}>
          {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
        </ActionIcon>
      )}
    </CopyButton>
  );
}

/** A line to be pasted elsewhere. */
export function Paste(props: { label: string; value: string; copyLabel: string }) {
  return (
    <div role="group" aria-label={props.label}>
      <div className={classes.pasteLabel}>{props.label}</div>
      <div className={classes.paste}>
        <code>{props.value}</code>
        <Copy value={props.value} label={props.copyLabel} />
      </div>
    </div>
  );
}

export function Code({ children, label }: { children: string; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus
    <pre className={classes.code} tabIndex={0} role="region" aria-label={label}>
      {children}
    </pre>
  );
}
