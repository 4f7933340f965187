// Which tab of the panel beside the conversation is open; null: none.
import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';

export type PanelTab = 'customer' | 'activity' | 'why';

export interface PanelState {
  tab: PanelTab | null;
  show(tab: PanelTab | null): void;
  toggle(tab: PanelTab): void;
}

/** Beside the conversation where there is room, and remembered; instead of it where there is none. */
export function usePanel(): PanelState {
  const wide = useMediaQuery('(min-width: 75em)', true, { getInitialValueInEffect: false });
  const [kept, keep] = useLocalStorage<PanelTab | 'none'>({
    key: 'usher.panel',
    defaultValue: 'customer',
    getInitialValueInEffect: false,
  });
  const [over, setOver] = useState<PanelTab | null>(null);
  const tab = wide ? (kept === 'none' ? null : kept) : over;
  const show = (next: PanelTab | null) => {
    if (wide) keep(next ?? 'none');
    setOver(next);
  };
  return { tab, show, toggle: (next) => show(tab === next ? null : next) };
}
