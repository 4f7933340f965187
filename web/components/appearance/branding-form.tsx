// The workspace's own name, logo, language and words.
import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import type { Settings } from '../../api/shapes.ts';
import { CardForm } from '../../forms/card-form.tsx';
import { languageCodes, languages } from '../../i18n/languages.ts';
import { Select } from '../../ui/select.tsx';

export function BrandingForm({ settings: { branding } }: { settings: Settings }) {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: {
      pageTitle: branding.pageTitle ?? '',
      loginTitle: branding.loginTitle ?? '',
      logoUrl: branding.logoUrl ?? '',
      favIconUrl: branding.favIconUrl ?? '',
      language: (branding.language ?? '') as string,
      onlineLabel: branding.onlineLabel ?? '',
      offlineLabel: branding.offlineLabel ?? '',
    },
  });
  return (
    <CardForm
      title={t('data.branding')}
      form={form}
      touches={['settings', 'sign-in']}
      send={({ pageTitle, ...rest }) => {
        const others = Object.entries(rest).map(([name, value]) => [name, value || null]);
        const wanted = { ...Object.fromEntries(others), pageTitle: pageTitle || 'Usher' };
        return ask(client.PATCH('/api/v1/settings', { body: { branding: wanted } as never }));
      }}
    >
      <TextInput label={t('data.pageTitle')} maxLength={100} {...form.getInputProps('pageTitle')} />
      <TextInput
        label={t('data.loginTitle')}
        maxLength={100}
        {...form.getInputProps('loginTitle')}
      />
      <TextInput
        label={t('data.logoUrl')}
        placeholder="https://"
        {...form.getInputProps('logoUrl')}
      />
      <TextInput
        label={t('data.faviconUrl')}
        placeholder="https://"
        {...form.getInputProps('favIconUrl')}
      />
      <Select
        label={t('data.language')}
        data={[
          { value: '', label: t('data.languageFree') },
          ...languageCodes.map((value) => ({ value, label: languages[value].name })),
        ]}
        {...form.getInputProps('language')}
      />
      <TextInput
        label={t('data.onlineLabel')}
        description={t('data.onlineLabelHint')}
        maxLength={60}
        {...form.getInputProps('onlineLabel')}
      />
      <TextInput
        label={t('data.offlineLabel')}
        description={t('data.offlineLabelHint')}
        maxLength={60}
        {...form.getInputProps('offlineLabel')}
      />
    </CardForm>
  );
}
