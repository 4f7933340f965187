// Opens the wall over everything, by button, by F, or by an address that a screen keeps.
import { Button } from '@mantine/core';
import { IconMaximize } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from '../../paths.ts';
import { OnDemand, partOf } from '../on-demand/on-demand.tsx';

const wall = partOf(async () => (await import('./wall.tsx')).Wall);

export function WallButton() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { wall: shown } = useSearch({ strict: false }) as { wall?: boolean };
  const show = useCallback(
    (isShown: boolean) =>
      void navigate({
        to: paths.live,
        search: (isShown ? { wall: true } : {}) as never,
        replace: true,
      }),
    [navigate],
  );
  const open = useCallback(() => {
    // A phone may have no such mode: the wall then covers the page, and that is enough.
    void document.documentElement.requestFullscreen?.().catch(() => {});
    show(true);
  }, [show]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, target } = event;
      if (key !== 'f' || ctrlKey || metaKey || altKey || event.defaultPrevented) return;
      if ((target as Element).closest?.('input, textarea, select, [contenteditable]')) return;
      if (document.querySelector('[aria-modal="true"], [role="menu"]') !== null) return;
      event.preventDefault();
      open();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [open]);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconMaximize size={15} />}
        title={t('wall.openHint')}
        onClick={open}
      >
        {t('wall.open')}
      </Button>
      {shown && <OnDemand part={wall} onClose={() => show(false)} />}
    </>
  );
}
