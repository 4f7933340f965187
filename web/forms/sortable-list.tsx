// A list in an order that counts: moved by dragging, or by the arrow keys on the handle of an entry.
import { ActionIcon } from '@mantine/core';
import { IconGripVertical, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './sortable-list.module.css';

interface Shown {
  label: string;
  hint?: string;
}

export function SortableList<Item extends string>(props: {
  label: string;
  items: readonly Item[];
  show(item: Item): Shown;
  onChange(items: Item[]): void;
  disabled: boolean;
}) {
  const { label, items, show, onChange, disabled } = props;
  const { t } = useTranslation();
  const [dragged, setDragged] = useState<Item | null>(null);
  const [said, setSaid] = useState('');
  const list = useRef<HTMLOListElement>(null);
  const move = (item: Item, to: number) => {
    if (to < 0 || to >= items.length || items[to] === item) return;
    const others = items.filter((one) => one !== item);
    onChange([...others.slice(0, to), item, ...others.slice(to)]);
    setSaid(t('sortable.moved', { name: show(item).label, place: to + 1, count: items.length }));
  };
  const moveByKeys = (event: KeyboardEvent, item: Item, place: number) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    move(item, place + step);
    // Whatever is moved in the page loses the focus.
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-item="${item}"] button`)?.focus(),
    );
  };
  return (
    <>
      <ol ref={list} className={classes.list} aria-label={label}>
        {items.map((item, place) => (
          <li
            key={item}
            className={classes.item}
            data-item={item}
            data-dragged={item === dragged || undefined}
            draggable={!disabled}
            onDragStart={() => setDragged(item)}
            onDragEnd={() => setDragged(null)}
            onDragOver={(event) => dragged !== null && event.preventDefault()}
            onDrop={() => dragged !== null && move(dragged, place)}
          >
            {!disabled && (
              <ActionIcon
                className={classes.grip ?? ''}
                aria-label={t('sortable.move', { name: show(item).label })}
                onKeyDown={(event) => moveByKeys(event, item, place)}
              >
                <IconGripVertical size={16} />
              </ActionIcon>
            )}
            <span className={classes.place}>{place + 1}</span>
            <span className={classes.text}>
              <span>{show(item).label}</span>
              {show(item).hint && <small>{show(item).hint}</small>}
            </span>
            {!disabled && (
              <ActionIcon
                aria-label={t('entries.remove', { name: show(item).label })}
                onClick={() => onChange(items.filter((one) => one !== item))}
              >
                <IconX size={16} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ol>
      <span className="spoken" role="status">
        {said}
      </span>
    </>
  );
}
