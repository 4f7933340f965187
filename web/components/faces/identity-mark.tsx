// Whether the company has proved who the customer is, or anybody could have given that name.
import { IconShieldCheck, IconShieldQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../api/shapes.ts';

/** Nothing where the channel knows no proof. */
export function IdentityMark({
  verified,
  size = 14,
}: Pick<Conversation['contact'], 'verified'> & { size?: number }) {
  const { t } = useTranslation();
  if (verified === null) return null;
  const Icon = verified ? IconShieldCheck : IconShieldQuestion;
  const label = verified ? t('identity.proved') : t('identity.notProved');
  const colour = verified ? 'var(--good)' : 'var(--warn)';
  return (
    <Icon size={size} stroke={1.7} color={colour} role="img" aria-label={label}>
      <title>{label}</title>
    </Icon>
  );
}
