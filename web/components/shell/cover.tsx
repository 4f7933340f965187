// Covers the page while the company's own system does not see the agent at work; nobody can close it.
import { useId, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive } from '../../live/live-provider.tsx';
import classes from './cover.module.css';

/** Fetched with the page and drawn by the browser alone: whatever else does not come, this covers. */
export function Cover() {
  const { blocked } = useLive();
  return blocked && <CoverDialog />;
}

function CoverDialog() {
  const { t } = useTranslation();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // Gives the focus back.
    return () => shown?.close();
  }, []);
  const stay = () => {
    if (dialog.current?.isConnected && !dialog.current.open) dialog.current.showModal();
  };
  return (
    <dialog
      ref={dialog}
      className={classes.cover}
      aria-modal="true"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onKeyDown={(event) => event.key === 'Escape' && event.preventDefault()}
      onCancel={(event) => event.preventDefault()}
      onClose={stay}
    >
      <h2 id={`${id}-title`}>{t('cover.title')}</h2>
      <p id={`${id}-text`}>{t('cover.text')}</p>
    </dialog>
  );
}
