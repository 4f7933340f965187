// A dialog whose close button has a name.
import { Modal, type ModalProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** `shownOnce`: it holds what nobody can see again, so it is closed by its buttons alone. */
export function Dialog({ shownOnce = false, ...props }: ModalProps & { shownOnce?: boolean }) {
  const { t } = useTranslation();
  return (
    <Modal
      {...(shownOnce && { closeOnClickOutside: false, closeOnEscape: false })}
      {...props}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    />
  );
}
