// Whether the model's dialog is open, and what for.
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAssistance } from './use-assistance.ts';

export interface Assistant {
  isOn: boolean;
  /** null: the dialog is closed. `said`: what is to be translated for the agent. */
  opened: { said: string | null } | null;
  open(): void;
  close(): void;
  /** For the thread; null: nothing can be translated. */
  translation: { label: string; translate(text: string): void } | null;
}

/** `acts`: the agent may work on the conversation. */
export function useAssistant(acts: boolean): Assistant {
  const { t } = useTranslation();
  const isOn = useAssistance() !== null && acts;
  const [opened, setOpened] = useState<Assistant['opened']>(null);
  const label = t('thread.translate');
  const translation = useMemo(
    () => (isOn ? { label, translate: (said: string) => setOpened({ said }) } : null),
    [isOn, label],
  );
  return {
    ...{ isOn, translation },
    opened: isOn ? opened : null,
    open: () => setOpened({ said: null }),
    close: () => setOpened(null),
  };
}
