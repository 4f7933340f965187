// A secret that the server never shows: kept, or replaced.
import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Copy } from '../ui/facts.tsx';
import { PasswordField } from './password-field.tsx';

export function SecretField(props: {
  label: string;
  description: string;
  /** Null, or none: it stays as it is. */
  value?: string | null;
  onChange(value: string | null): void;
  error?: string;
  /** Where it is ours to choose. */
  make?(): string;
}) {
  const { label, description, value = null, onChange, error, make } = props;
  const { t } = useTranslation();
  if (value === null) {
    return (
      <div>
        <div style={{ fontSize: 13, fontWeight: 600 }}>{label}</div>
        <div style={{ color: 'var(--soft)', fontSize: 12, margin: '2px 0 6px' }}>{description}</div>
        <Button
          variant="default"
          size="compact-sm"
          aria-label={t('secret.setNamed', { name: label })}
          onClick={() => onChange('')}
        >
          {t('secret.set')}
        </Button>
        {error && (
          <div
            role="alert"
            style={{ color: 'var(--mantine-color-error)', fontSize: 12, marginTop: 4 }}
          >
            {error}
          </div>
        )}
      </div>
    );
  }
  return (
    <div>
      <PasswordField
        data-autofocus
        label={label}
        description={description}
        autoComplete="off"
        maxLength={200}
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Group gap="xs" mt={6}>
        {make && (
          <Button variant="default" size="compact-sm" onClick={() => onChange(make())}>
            {t('endpoint.generate')}
          </Button>
        )}
        {value !== '' && <Copy value={value} label={t('common.copy')} />}
        <Button variant="subtle" size="compact-sm" onClick={() => onChange(null)}>
          {t('secret.keep')}
        </Button>
      </Group>
    </div>
  );
}
