// Asks for a fresh proof of who one is when the server wants it, then lets the request go on.
import { useEffect, useRef, useState } from 'react';
import { onProofNeeded } from '../../api/prove.ts';
import { withWords } from '../../i18n/start-i18n.ts';
import { OnDemand, partOf } from '../on-demand/on-demand.tsx';

const confirmDialog = partOf(
  async () => (await withWords(import('./confirm-dialog.tsx'), 'settings')).ConfirmDialog,
);

export function ConfirmIdentity() {
  const waiting = useRef<((proved: boolean) => void)[]>([]);
  const [opened, setOpened] = useState(false);
  useEffect(
    () =>
      onProofNeeded(
        () =>
          new Promise((resolve) => {
            waiting.current.push(resolve);
            setOpened(true);
          }),
      ),
    [],
  );
  const end = (proved: boolean) => {
    setOpened(false);
    for (const resolve of waiting.current.splice(0)) resolve(proved);
  };
  return (
    opened && (
      <OnDemand part={confirmDialog} onProved={() => end(true)} onClose={() => end(false)} />
    )
  );
}
