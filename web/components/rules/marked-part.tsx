// A condition or a group with what is wrong with it below, and its fields marked.
import { createContext, type ReactNode, useContext, useId } from 'react';
import { Rule, RuleGroup, type RuleGroupProps, type RuleProps } from 'react-querybuilder';
import type { FaultsOfRule } from './faults-of-rule.ts';
import { FaultLines } from './rule-faults.tsx';
import classes from './rules.module.css';

/** Of the condition that stands around; null: nothing is wrong with it. */
const Mark = createContext<{ describedBy: string; path: string } | null>(null);

/** For a field of a condition; `part`: what a fault is about where it stands at the field alone. */
export function useMark(part: 'field' | 'value') {
  const mark = useContext(Mark);
  const isOf = mark !== null && mark.path.endsWith('/field') === (part === 'field');
  return isOf ? { error: true, 'aria-errormessage': mark.describedBy } : {};
}

export function MarkedRule(props: RuleProps) {
  return (
    <Marked id={props.id} context={props.context} className={classes.marked}>
      <Rule {...props} />
    </Marked>
  );
}

export function MarkedGroup(props: RuleGroupProps) {
  return (
    <Marked id={props.id} context={props.context}>
      <RuleGroup {...props} />
    </Marked>
  );
}

interface MarkedProps {
  id: string | undefined;
  context: unknown;
  className?: string | undefined;
  children: ReactNode;
}

function Marked({ id = '', context, className, children }: MarkedProps) {
  const described = useId();
  const { found } = context as { found: FaultsOfRule };
  const own = found.parts.get(id);
  const [first] = own?.faults ?? [];
  return (
    <div className={className}>
      <Mark value={first === undefined ? null : { describedBy: described, path: first.path }}>
        {children}
      </Mark>
      {own !== undefined && <FaultLines {...own} id={described} />}
    </div>
  );
}
