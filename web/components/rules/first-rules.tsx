// Stands where there are no rules yet: what they are, and some to begin with.
import { Button } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/empty-state.tsx';
import classes from './rules.module.css';
import { type StartingPoint, startingPoints } from './starting-points.ts';

export function FirstRules(props: {
  readOnly: boolean;
  onBegin(point: StartingPoint): void;
  onWrite(): void;
}) {
  const { t } = useTranslation();
  return (
    <>
      <EmptyState
        icon={<IconListCheck size={20} />}
        title={t('routing.rulesNone')}
        text={t(props.readOnly ? 'rule.noneText' : 'rule.firstText')}
      >
        {!props.readOnly && (
          <Button mt={8} size="xs" onClick={props.onWrite}>
            {t('rule.first')}
          </Button>
        )}
      </EmptyState>
      {!props.readOnly && (
        <section className={classes.starts} aria-label={t('rule.starts')}>
          {startingPoints.map((point) => (
            <div key={point} className={classes.start}>
              <strong>{t(`rule.start.${point}`)}</strong>
              <p>{t(`rule.startText.${point}`)}</p>
              <Button
                size="xs"
                variant="default"
                aria-label={t('rule.beginWith', { name: t(`rule.start.${point}`) })}
                onClick={() => props.onBegin(point)}
              >
                {t('rule.begin')}
              </Button>
            </div>
          ))}
        </section>
      )}
    </>
  );
}
