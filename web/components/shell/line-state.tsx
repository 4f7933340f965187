// Says that the line is lost: what is shown may be old.
import { IconWifiOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLive } from '../../live/live-provider.tsx';

export function LineState({ className }: { className: string | undefined }) {
  const { t } = useTranslation();
  if (useLive().state !== 'reconnecting') return null;
  return (
    <div className={className} role="status">
      <IconWifiOff size={15} />
      <span>{t('live.reconnecting')}</span>
    </div>
  );
}
