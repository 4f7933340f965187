// What is wrong with a rule, or useless in it, with what to do.
import type { PolicyFindings } from '../naming/use-word-faults.ts';
import { sayFault } from '../naming/word-fault.ts';
import classes from './rules.module.css';

export type Findings = PolicyFindings;

/** `id`: by which the fields that it is about name it. */
export function FaultLines({ faults, warnings, id }: Findings & { id?: string }) {
  const lines = [
    ...faults.map((one) => ({ fault: one, tone: undefined })),
    ...warnings.map((one) => ({ fault: one, tone: 'warn' })),
  ];
  if (lines.length === 0) return null;
  return (
    <div id={id} aria-live="polite">
      {lines.map(({ tone, fault }) => (
        <p key={`${fault.path} ${fault.code}`} className={classes.fault} data-tone={tone}>
          {sayFault(fault)}
        </p>
      ))}
    </div>
  );
}
