// A small word with a tone, and the dot that goes before one.
import type { ReactNode } from 'react';
import classes from './ui.module.css';

export type Tone = 'plain' | 'accent' | 'good' | 'warn' | 'bad';

export function Pill({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={classes.pill} data-tone={tone}>
      {children}
    </span>
  );
}

export function Dot({ tone = 'plain', size = 8 }: { tone?: Tone; size?: number }) {
  return (
    <span
      aria-hidden
      className={classes.dot}
      data-tone={tone}
      style={{ width: size, height: size }}
    />
  );
}
