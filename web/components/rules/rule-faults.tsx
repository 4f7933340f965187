// What is wrong with a rule, or useless in it, with what to do.
import type { PolicyFault } from '../../../src/contract/policy/fault.ts';
import classes from './rules.module.css';

export interface Findings {
  faults: readonly PolicyFault[];
  warnings: readonly PolicyFault[];
}

/** At the path or below it. */
export function FaultLines({ faults, warnings, path }: Findings & { path: string }) {
  const isHere = (fault: PolicyFault) => fault.path === path || fault.path.startsWith(`${path}/`);
  const lines = [
    ...faults.filter(isHere).map((one) => ({ ...one, tone: undefined })),
    ...warnings.filter(isHere).map((one) => ({ ...one, tone: 'warn' })),
  ];
  return lines.map(({ tone, path: at, code, detail, remedy }) => (
    <p key={`${at} ${code}`} className={classes.fault} data-tone={tone}>
      {detail} {remedy}
    </p>
  ));
}
