// The chat as visitors will see it, before it is saved.
import { IconMessageCircle, IconSend2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { WidgetLook } from '../forms/widget-form.tsx';
import classes from './widget-preview.module.css';

export function WidgetPreview({ look }: { look: WidgetLook }) {
  const { t } = useTranslation();
  const colour = /^#[0-9a-f]{6}$/i.test(look.colour) ? look.colour : '#1f6feb';
  const text = inkOn(colour);
  return (
    <div
      className={classes.preview}
      data-side={look.position}
      data-theme={look.theme}
      role="img"
      aria-label={t('widget.preview')}
    >
      <div className={classes.box}>
        <div className={classes.bar} style={{ background: colour, color: text }}>
          {look.title || 'Chat'}
        </div>
        <div className={classes.body}>
          <div className={classes.them}>{look.greeting || t('widget.sampleGreeting')}</div>
          <div className={classes.us} style={{ background: colour, color: text }}>
            {t('widget.sampleQuestion')}
          </div>
        </div>
        <div className={classes.field}>
          {t('widget.sampleField')} <IconSend2 size={16} />
        </div>
        {look.showPoweredBy && <div className={classes.powered}>Powered by Usher</div>}
      </div>
      <div className={classes.launcher} style={{ background: colour, color: text }}>
        <IconMessageCircle size={26} />
        {look.launcherText && <span>{look.launcherText}</span>}
      </div>
    </div>
  );
}

/** Black or white, whichever reads better on the colour. */
export function inkOn(colour: string): string {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = parts.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000000' : '#ffffff';
}
