// A text field keeps the focus while the arrow keys walk through what it offers: ARIA's combobox with a listbox.
import {
  type AriaAttributes,
  type HTMLAttributes,
  type KeyboardEvent,
  useEffect,
  useId,
  useState,
} from 'react';

export interface Listbox<Item> {
  /** What Enter would choose. */
  marked: Item | undefined;
  /** For the text field, while something is offered. */
  field: AriaAttributes & { role: 'combobox' };
  /** For the element around the options. */
  list: HTMLAttributes<HTMLElement>;
  option(item: Item): HTMLAttributes<HTMLElement>;
  /** true: the key was ours. */
  onKey(event: KeyboardEvent): boolean;
}

export function useListbox<Item extends { id: string }>(args: {
  /** Of the list, for who does not see it. */
  label: string;
  /** With other words the first is marked again; before any word none is, so that Enter chooses nothing unseen. */
  typed: string;
  items: readonly Item[];
  onChoose(item: Item): void;
}): Listbox<Item> {
  const { label, typed, items, onChoose } = args;
  const id = useId();
  const [walked, setWalked] = useState({ typed, to: '' });
  const reached = walked.typed === typed ? items.findIndex((item) => item.id === walked.to) : -1;
  const at = reached < 0 && typed.trim() !== '' ? 0 : reached;
  const marked = items[at];
  const idOf = (item: Item) => `${id}-${item.id}`;
  const markedId = marked && idOf(marked);
  useEffect(() => {
    if (markedId === undefined) return;
    document.getElementById(markedId)?.scrollIntoView({ block: 'nearest' });
  }, [markedId]);

  const walk = (to: Item | undefined): boolean => {
    if (to === undefined) return false;
    setWalked({ typed, to: to.id });
    return true;
  };
  const act = (key: string): boolean => {
    if (key === 'ArrowDown') return walk(items[at + 1] ?? items[0]);
    if (key === 'ArrowUp') return walk(items[at - 1] ?? items.at(-1));
    if (key !== 'Enter' || marked === undefined) return false;
    onChoose(marked);
    return true;
  };
  return {
    marked,
    field: {
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': items.length > 0,
      ...(items.length > 0 ? { 'aria-controls': id } : {}),
      ...(markedId === undefined ? {} : { 'aria-activedescendant': markedId }),
    },
    list: { id, role: 'listbox', 'aria-label': label },
    option: (item) => ({
      id: idOf(item),
      role: 'option',
      'aria-selected': item === marked,
      // The field keeps the focus.
      onMouseDown: (event) => event.preventDefault(),
      onClick: () => onChoose(item),
    }),
    onKey: (event) => {
      if (event.nativeEvent.isComposing || !act(event.key)) return false;
      event.preventDefault();
      return true;
    },
  };
}
