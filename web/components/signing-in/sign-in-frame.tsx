// The frame of the pages before the sign-in.
import { Title, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { signInQuery } from '../../api/queries.ts';
import { languageCodes, languages } from '../../i18n/languages.ts';
import { readBrand } from '../../i18n/read-brand.ts';
import { keepLanguage } from '../../i18n/start-i18n.ts';
import classes from './sign-in-frame.module.css';

export function SignInFrame(props: { title: string; text?: string; children: ReactNode }) {
  const { i18n, t } = useTranslation();
  const branding = useQuery(signInQuery).data?.branding;
  const { language } = readBrand();
  const name = branding?.loginTitle || branding?.pageTitle || 'Usher';
  useEffect(() => {
    if (branding !== undefined) document.title = name;
  }, [branding, name]);
  return (
    <main className={classes.frame}>
      <div style={{ width: '100%', maxWidth: 380 }}>
        <div className={classes.card}>
          <div className={classes.brand}>
            <img src={branding?.logoUrl ?? '/icon.svg'} alt="" />
            {name}
          </div>
          <Title order={1}>{props.title}</Title>
          <p>{props.text}</p>
          {props.children}
        </div>
        <div className={classes.languages} role="group" aria-label={t('profile.language')}>
          {(language === null ? languageCodes : []).map((code) => (
            <UnstyledButton
              key={code}
              lang={code}
              aria-pressed={i18n.language === code}
              onClick={() => void keepLanguage(code)}
            >
              {languages[code].name}
            </UnstyledButton>
          ))}
        </div>
      </div>
    </main>
  );
}
