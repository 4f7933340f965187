// A macro in its list: its name, and what it names and is no longer there.
import type { Macro } from '../../api/shapes.ts';
import { useWordFaults } from '../naming/use-word-faults.ts';
import { sayFault } from '../naming/word-fault.ts';
import classes from './automations.module.css';

export function MacroName({ macro }: { macro: Macro }) {
  const { faults } = useWordFaults({ ...macro, warnings: [] });
  return (
    <span className={classes.named}>
      <span>{macro.name}</span>
      {faults.map(sayFault).map((fault) => (
        <small key={fault} className={classes.lacks}>
          {fault}
        </small>
      ))}
    </span>
  );
}
