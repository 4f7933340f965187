// Says why nothing can be done just now; nobody closes it by hand.
import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function CoverDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
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
