// The chat as visitors will see it, before it is saved, in each state and look; measures and colours are those of widget/views/chat.css.
import { Group, SegmentedControl, Stack, Text, useComputedColorScheme } from '@mantine/core';
import { IconChevronDown, IconPaperclip, IconSend2, IconVolume } from '@tabler/icons-react';
import { type CSSProperties, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { makeAccent, SURFACES } from '../../../browser/make-accent.ts';
import { type Asked, readForms } from './preview-forms.ts';
import type { WidgetLook } from './widget-form.tsx';
import classes from './widget-preview.module.css';

const states = ['open', 'questions', 'away', 'closed'] as const;
type State = (typeof states)[number];
type Theme = 'auto' | 'light' | 'dark';

/** `config`: of the channel as it is kept, for what is changed elsewhere. */
export function WidgetPreview(props: { look: WidgetLook; config: Record<string, unknown> }) {
  const { look, config } = props;
  const { t } = useTranslation();
  const [state, setState] = useState<State>('open');
  const [asked, setAsked] = useState<Theme | null>(null);
  const forms = readForms(config);
  const theme = asked ?? (look.theme as Theme);
  return (
    <Stack gap="sm">
      <Group gap="sm" justify="space-between">
        <SegmentedControl
          size="xs"
          aria-label={t('widget.state')}
          value={state}
          onChange={setState}
          data={states.map((value) => ({ value, label: t(`widget.state.${value}`) }))}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('widget.shownIn')}
          value={theme}
          onChange={setAsked}
          data={(['auto', 'light', 'dark'] as const).map((value) => ({
            value,
            label: t(`widget.theme.${value}`),
          }))}
        />
      </Group>
      <Picture {...{ look, state, theme, forms }} />
      {state === 'questions' && forms.preChat.length === 0 && (
        <Text size="xs" c="dimmed">
          {t('widget.questionsOff')}
        </Text>
      )}
      {state === 'away' && forms.offline === null && (
        <Text size="xs" c="dimmed">
          {t('widget.offlineOff')}
        </Text>
      )}
    </Stack>
  );
}

interface Shown {
  look: WidgetLook;
  state: State;
  forms: ReturnType<typeof readForms>;
}

function Picture({ look, state, theme: wished, forms }: Shown & { theme: Theme }) {
  const { t } = useTranslation();
  const own = useComputedColorScheme('light');
  const theme = wished === 'auto' ? own : wished;
  const colour = /^#[0-9a-f]{6}$/i.test(look.colour) ? look.colour : '#1f6feb';
  const { fill, onFill, text } = makeAccent(colour, SURFACES[theme]);
  const isAway = state === 'away';
  return (
    <div
      className={classes.preview}
      style={{ '--fill': fill, '--on-fill': onFill, '--fill-text': text } as CSSProperties}
      data-side={look.position}
      data-theme={theme}
      data-state={state}
      role="img"
      aria-label={`${t('widget.preview')}: ${t(`widget.state.${state}`)}`}
    >
      {state !== 'closed' && (
        <div className={classes.box}>
          <div className={classes.head}>
            <div className={classes.names}>
              <b dir="auto">{look.title || t('widget.sampleTitle')}</b>
              <span className={classes.presence}>
                <i className={classes.dot} />
                {t(isAway ? 'widget.sampleAway' : 'widget.sampleOnline')}
              </span>
            </div>
            <IconVolume size={20} />
            <IconChevronDown size={20} />
          </div>
          <Body {...{ look, state, forms }} />
          {look.showPoweredBy && (
            <div className={classes.powered}>{t('widget.samplePowered', { name: 'Usher' })}</div>
          )}
        </div>
      )}
      {look.launcherText && (
        <div className={classes.text} dir="auto">
          {look.launcherText}
        </div>
      )}
      <div className={classes.launcher}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path
            d={
              state === 'closed'
                ? 'M12 3C6.5 3 2 6.8 2 11.5c0 2.3 1.1 4.4 2.9 5.9L4 21l4.2-1.9c1.2.4 2.5.6 3.8.6 5.5 0 10-3.7 10-8.2S17.5 3 12 3z'
                : 'M6.7 8.3 12 13.6l5.3-5.3 1.4 1.4L12 16.4 5.3 9.7z'
            }
          />
        </svg>
      </div>
    </div>
  );
}

function Body({ look, state, forms }: Shown) {
  const { t } = useTranslation();
  const isAway = state === 'away' && forms.offline !== null;
  const asks = state === 'questions' && forms.preChat.length > 0;
  const greeting = isAway
    ? forms.offline || t('widget.sampleOffline')
    : look.greeting || t('widget.sampleGreeting');
  const offline: Asked[] = [
    { name: 'name', label: '', required: false },
    { name: 'email', label: '', required: true },
    { name: 'message', label: '', required: true },
  ];
  return (
    <>
      <div className={classes.body}>
        <div className={classes.greeting} dir="auto">
          {greeting}
        </div>
        {asks && <p className={classes.hint}>{t('widget.sampleForm')}</p>}
        {(asks || isAway) && (
          <div className={classes.form}>
            {(isAway ? offline : forms.preChat).map(({ name, label, required }) => (
              <span key={name} dir="auto">
                {label || t(sampleLabels.get(name) ?? 'widget.sampleMessage')}
                {required && ' *'}
                <i data-tall={name === 'message' || undefined} />
              </span>
            ))}
            <b>{t(isAway ? 'widget.sampleLeave' : 'widget.sampleStart')}</b>
          </div>
        )}
      </div>
      {!asks && !isAway && (
        <>
          {look.quickReplies.length > 0 && (
            <div className={classes.replies}>
              {look.quickReplies.map((reply) => (
                <span key={reply} dir="auto">
                  {reply}
                </span>
              ))}
            </div>
          )}
          <div className={classes.field}>
            <IconPaperclip size={20} />
            <span>{t('widget.sampleField')}</span>
            <IconSend2 size={20} />
          </div>
        </>
      )}
    </>
  );
}

const sampleLabels = new Map<
  string,
  'widget.sampleName' | 'widget.sampleEmail' | 'widget.samplePhone'
>([
  ['name', 'widget.sampleName'],
  ['email', 'widget.sampleEmail'],
  ['phone', 'widget.samplePhone'],
]);
