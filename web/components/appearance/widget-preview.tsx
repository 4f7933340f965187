// The chat as visitors will see it, before it is saved; measures and colours are those of widget/views/chat.css.
import { useComputedColorScheme } from '@mantine/core';
import { IconChevronDown, IconPaperclip, IconSend2, IconVolume } from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { makeAccent, SURFACES } from '../../../browser/make-accent.ts';
import type { WidgetLook } from './widget-form.tsx';
import classes from './widget-preview.module.css';

export function WidgetPreview({ look }: { look: WidgetLook }) {
  const { t } = useTranslation();
  const own = useComputedColorScheme('light');
  const theme = look.theme === 'light' || look.theme === 'dark' ? look.theme : own;
  const colour = /^#[0-9a-f]{6}$/i.test(look.colour) ? look.colour : '#1f6feb';
  const { fill, onFill } = makeAccent(colour, SURFACES[theme]);
  return (
    <div
      className={classes.preview}
      style={{ '--fill': fill, '--on-fill': onFill } as CSSProperties}
      data-side={look.position}
      data-theme={theme}
      role="img"
      aria-label={t('widget.preview')}
    >
      <div className={classes.box}>
        <div className={classes.head}>
          <div className={classes.names}>
            <b>{look.title || t('widget.sampleTitle')}</b>
            <span className={classes.presence}>
              <i className={classes.dot} />
              {t('widget.sampleOnline')}
            </span>
          </div>
          <IconVolume size={20} />
          <IconChevronDown size={20} />
        </div>
        <div className={classes.body}>
          <div className={classes.greeting}>{look.greeting || t('widget.sampleGreeting')}</div>
        </div>
        <div className={classes.field}>
          <IconPaperclip size={20} />
          <span>{t('widget.sampleField')}</span>
          <IconSend2 size={20} />
        </div>
        {look.showPoweredBy && (
          <div className={classes.powered}>{t('widget.samplePowered', { name: 'Usher' })}</div>
        )}
      </div>
      {look.launcherText && <div className={classes.text}>{look.launcherText}</div>}
      <div className={classes.launcher}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M12 3C6.5 3 2 6.8 2 11.5c0 2.3 1.1 4.4 2.9 5.9L4 21l4.2-1.9c1.2.4 2.5.6 3.8.6 5.5 0 10-3.7 10-8.2S17.5 3 12 3z" />
        </svg>
      </div>
    </div>
  );
}
