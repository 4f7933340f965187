// Lies over everything while the company's own system does not see the agent at work.
import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLive } from '../live/live-provider.tsx';

export function Cover() {
  const { t } = useTranslation();
  const { blocked } = useLive();
  return (
    <Modal
      opened={blocked}
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      centered
      overlayProps={{ blur: 6, backgroundOpacity: 0.6 }}
      title={t('cover.title')}
    >
      {t('cover.text')}
    </Modal>
  );
}
