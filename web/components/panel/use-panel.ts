// Which tab of the panel beside the conversation is open; null: none.
import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';

export type PanelTab = 'customer' | 'activity' | 'why';

export interface PanelState {
  tab: PanelTab | null;
  show(tab: PanelTab | null): void;
  toggle(tab: PanelTab): void;
  /** The agent about whom the address asks why it is not with them; null: nobody. */
  whyNot: string | null;
  askWhyNot(agentId: string | null): void;
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
  const { whyNot, askWhyNot } = useWhyNot();
  const tab = wide ? (kept === 'none' ? null : kept) : over;
  const open = (next: PanelTab | null) => {
    if (wide) keep(next ?? 'none');
    setOver(next);
  };
  const opening = useRef(open);
  opening.current = open;
  useEffect(() => {
    if (whyNot !== null) opening.current('why');
  }, [whyNot]);
  const show = (next: PanelTab | null) => {
    open(next);
    // So that asking once more opens it again.
    if (next !== 'why' && whyNot !== null) askWhyNot(null);
  };
  return { tab, show, toggle: (next) => show(tab === next ? null : next), whyNot, askWhyNot };
}

function useWhyNot(): Pick<PanelState, 'whyNot' | 'askWhyNot'> {
  const { whyNot = null } = useSearch({ strict: false }) as { whyNot?: string };
  const navigate = useNavigate();
  const askWhyNot = (agentId: string | null) =>
    void navigate({
      to: '.',
      search: ((now: object) => ({ ...now, whyNot: agentId ?? undefined })) as never,
      replace: true,
    });
  return { whyNot, askWhyNot };
}
