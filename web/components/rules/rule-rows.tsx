// The rules in the order in which they are asked, moved by dragging, by the keyboard or by the menu.
import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  type UniqueIdentifier,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import {
  SortableContext,
  sortableKeyboardCoordinates,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rule } from '../../../src/contract/policy/rule.ts';
import type { RowAction } from '../../ui/row-menu.tsx';
import { findingsAt } from './faults-of-rule.ts';
import { FaultLines, type Findings } from './rule-faults.tsx';
import { isLast } from './rule-list.ts';
import { RuleRow } from './rule-row.tsx';
import classes from './rules.module.css';

export interface RuleRowsProps extends Findings {
  rules: readonly Rule[];
  /** In these words in their names or sentences; the order cannot be changed meanwhile. */
  shows(rule: Rule): boolean;
  filtered: boolean;
  readOnly: boolean;
  at: number | null;
  actionsOf(place: number): RowAction[];
  onEdit(place: number): void;
  onMove(from: number, to: number): void;
}

export function RuleRows(props: RuleRowsProps) {
  const { rules, onMove } = props;
  const { t } = useTranslation();
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const ids = listIds(rules);
  const placeOf = (id: UniqueIdentifier | undefined) => ids.indexOf(String(id));
  const end = ({ active, over }: DragEndEvent) => {
    const [from, to] = [placeOf(active.id), placeOf(over?.id)];
    if (to >= 0 && from !== to) onMove(from, to);
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={end}
      accessibility={{
        screenReaderInstructions: { draggable: t('rule.drag.how') },
        announcements: useAnnouncements(rules, placeOf),
      }}
    >
      <SortableContext items={ids} strategy={verticalListSortingStrategy}>
        <ol className={classes.rows} aria-label={t('routing.section.rules')}>
          {rules.map((rule, place) => (
            <Row key={ids[place]} {...props} rule={rule} place={place} id={ids[place] ?? ''} />
          ))}
        </ol>
      </SortableContext>
    </DndContext>
  );
}

function Row(props: RuleRowsProps & { rule: Rule; place: number; id: string }) {
  const { rules, rule, place, id, readOnly, filtered, faults, warnings } = props;
  if (!props.shows(rule)) return null;
  return (
    <RuleRow
      id={id}
      rule={rule}
      place={place}
      movable={!readOnly && !filtered && !isLast(rules, place)}
      actions={readOnly ? [] : props.actionsOf(place)}
      onEdit={readOnly ? null : () => props.onEdit(place)}
      isAt={props.at === place}
    >
      <FaultLines {...findingsAt({ faults, warnings }, `/rules/${place}`)} />
    </RuleRow>
  );
}

/** By name, so that a row stays itself when it moves; in a draft two may have the same one. */
function listIds(rules: readonly Rule[]): string[] {
  const seen = new Map<string, number>();
  return rules.map(({ name }) => {
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    return before === 0 ? name : `${name} #${before + 1}`;
  });
}

function useAnnouncements(
  rules: readonly Rule[],
  placeOf: (id: UniqueIdentifier | undefined) => number,
) {
  const { t } = useTranslation();
  // Over its own place it is said only once it has been elsewhere: it begins there.
  const hasMoved = useRef(false);
  const say =
    (key: 'rule.drag.lifted' | 'rule.drag.over' | 'rule.drag.dropped') =>
    ({
      active,
      over,
    }: {
      active: { id: UniqueIdentifier };
      over?: { id: UniqueIdentifier } | null;
    }) => {
      const name = rules[placeOf(active.id)]?.name ?? '';
      const place = placeOf(over?.id ?? active.id) + 1;
      return t(key, { name, place, count: rules.length });
    };
  const over = say('rule.drag.over');
  return {
    onDragStart: (event: Parameters<typeof over>[0]) => {
      hasMoved.current = false;
      return say('rule.drag.lifted')(event);
    },
    onDragOver: (event: Parameters<typeof over>[0]) => {
      if (event.over?.id !== event.active.id) hasMoved.current = true;
      return hasMoved.current ? over(event) : undefined;
    },
    onDragEnd: say('rule.drag.dropped'),
    onDragCancel: ({ active }: { active: { id: UniqueIdentifier } }) =>
      t('rule.drag.cancelled', { name: rules[placeOf(active.id)]?.name ?? '' }),
  };
}
