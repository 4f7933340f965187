// Where a password is typed; its eye has a name.
import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function PasswordField(props: PasswordInputProps) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      label={t('form.password')}
      visibilityToggleButtonProps={{ 'aria-label': t('form.showPassword') }}
      {...props}
    />
  );
}

/** One that is being chosen. */
export function NewPasswordField(props: PasswordInputProps) {
  const { t } = useTranslation();
  return (
    <PasswordField
      description={t('form.passwordHint')}
      minLength={8}
      autoComplete="new-password"
      {...props}
    />
  );
}
