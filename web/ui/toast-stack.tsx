// What shows the short notes in the corner; its close button has a name.
import '@mantine/notifications/styles.layer.css';
import { MantineThemeProvider, useDirection } from '@mantine/core';
import { Notifications, notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';

export { notifications };

export function ToastStack() {
  const { t } = useTranslation();
  const { dir } = useDirection();
  const closeButtonProps = { 'aria-label': t('common.close') };
  const theme = { components: { Notification: { defaultProps: { closeButtonProps } } } };
  return (
    <MantineThemeProvider inherit theme={theme}>
      <Notifications position={dir === 'rtl' ? 'bottom-left' : 'bottom-right'} limit={4} />
    </MantineThemeProvider>
  );
}
