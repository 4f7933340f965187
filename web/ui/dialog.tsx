// A dialog whose close button has a name.
import { Modal, type ModalProps } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { findOpener } from './find-opener.ts';

/** `shownOnce`: it holds what nobody can see again, so it is closed by its buttons alone. */
export function Dialog({ shownOnce = false, ...props }: ModalProps & { shownOnce?: boolean }) {
  const { t } = useTranslation();
  useFocusBack(props.opened);
  return (
    <Modal
      {...(shownOnce && { closeOnClickOutside: false, closeOnEscape: false })}
      {...props}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    />
  );
}

/** What had the focus has it again, also when the dialog is taken away while it is open, which Mantine leaves alone. */
function useFocusBack(opened: boolean): void {
  const opener = useRef<HTMLElement | null>(null);
  const wasOpened = useRef(false);
  if (opened && !wasOpened.current) opener.current = findOpener();
  wasOpened.current = opened;
  useEffect(
    () => () => {
      if (document.activeElement === document.body) opener.current?.focus({ preventScroll: true });
    },
    [],
  );
}
