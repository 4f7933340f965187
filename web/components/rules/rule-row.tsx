// One rule in the list: its place, its sentence, and what can be done with it.
import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { IconGripVertical } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rule } from '../../../src/contract/policy/rule.ts';
import { Pill } from '../../ui/pill.tsx';
import { type RowAction, RowMenu } from '../../ui/row-menu.tsx';
import { useArrow } from '../../ui/use-arrow.ts';
import { wordWhen } from '../naming/word-rule.ts';
import classes from './rules.module.css';

export interface RuleRowProps {
  id: string;
  rule: Rule;
  place: number;
  movable: boolean;
  actions: RowAction[];
  /** null: it can only be read. */
  onEdit: (() => void) | null;
  /** Somebody was led here. */
  isAt: boolean;
  children?: ReactNode;
}

export function RuleRow(props: RuleRowProps) {
  const { id, rule, movable, isAt } = props;
  const { t } = useTranslation();
  const sortable = useSortable({ id, disabled: !movable });
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, isDragging } = sortable;
  const row = useRef<HTMLLIElement | null>(null);
  useEffect(() => {
    if (isAt) row.current?.scrollIntoView({ block: 'center' });
  }, [isAt]);
  return (
    <li
      ref={(element) => {
        row.current = element;
        setNodeRef(element);
      }}
      className={classes.row}
      data-dragged={isDragging || undefined}
      data-at={isAt || undefined}
      style={{
        transform: CSS.Transform.toString(
          sortable.transform && { ...sortable.transform, scaleX: 1, scaleY: 1 },
        ),
        transition: sortable.transition,
      }}
    >
      {movable ? (
        <button
          type="button"
          ref={setActivatorNodeRef}
          className={classes.handle}
          {...attributes}
          {...listeners}
          aria-roledescription={t('rule.drag.role')}
          aria-label={t('rule.drag.label', { name: rule.name })}
        >
          <IconGripVertical size={16} aria-hidden />
        </button>
      ) : (
        <span />
      )}
      <span className={classes.place} aria-hidden>
        {props.place + 1}
      </span>
      <RuleText {...props} />
      {props.actions.length > 0 ? <RowMenu name={rule.name} actions={props.actions} /> : <span />}
    </li>
  );
}

function RuleText({ rule, onEdit, children }: RuleRowProps) {
  const { t, i18n } = useTranslation();
  const arrow = useArrow();
  const { plan, priority, addTags = [] } = rule.then;
  return (
    <div style={{ minWidth: 0 }}>
      {onEdit === null ? (
        <span className={classes.name}>{rule.name}</span>
      ) : (
        <button
          type="button"
          className={classes.name}
          onClick={onEdit}
          aria-label={t('rule.editNamed', { name: rule.name })}
        >
          {rule.name}
        </button>
      )}
      <p className={classes.sentence}>{wordWhen(rule, { t, language: i18n.language })}</p>
      <div className={classes.then}>
        <span aria-hidden>{arrow}</span>
        <Pill tone="accent">{t('rule.plan', { name: plan })}</Pill>
        {priority !== undefined && (
          <Pill>{t('rule.priority', { name: t(`priority.${priority}`) })}</Pill>
        )}
        {addTags.map((tag) => (
          <Pill key={tag}>{tag}</Pill>
        ))}
      </div>
      {children}
    </div>
  );
}
