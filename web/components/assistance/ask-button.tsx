// Asks the model, and gives it up while it is at work: one button, so that the focus stays.
import { Button, Loader } from '@mantine/core';
import { IconSparkles } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './assistance.module.css';
import type { useAsking } from './use-asking.ts';

export function AskButton(props: {
  asking: Pick<ReturnType<typeof useAsking>, 'isBusy' | 'cancel' | 'answer' | 'error'>;
  label: string;
  isFirst?: boolean;
  onAsk(): void;
}) {
  const { asking, label, isFirst = false, onAsk } = props;
  const { isBusy, answer, error } = asking;
  const { t } = useTranslation();
  const asked = answer !== null || error !== null;
  return (
    <>
      <span role="status" className={classes.faint}>
        {isBusy && t('assist.busy')}
      </span>
      <Button
        {...(isFirst && { 'data-autofocus': true })}
        size="compact-md"
        variant={isBusy || answer !== null ? 'default' : 'filled'}
        leftSection={isBusy ? <Loader size={14} /> : <IconSparkles size={15} />}
        onClick={isBusy ? asking.cancel : onAsk}
      >
        {isBusy ? t('assist.stop') : asked ? t('assist.again') : label}
      </Button>
    </>
  );
}
