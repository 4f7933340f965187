// What a plan says to the contact, cause by cause and in each language.
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Plan } from '../../../src/contract/policy/plan.ts';
import { readyWords } from '../../../src/contract/policy/ready-words.ts';
import {
  knownFor,
  type Texts,
  type WordCause,
  wordCauses,
} from '../../../src/contract/policy/words.ts';
import { EntrySection } from '../../forms/entry-section.tsx';
import type { FaultsAt } from '../../forms/faults-at.ts';
import { TextsByLanguage } from '../../forms/texts-by-language.tsx';
import { type PartProps, setPart } from './part-props.ts';
import classes from './plans.module.css';

export function WordsForm({ plan, onChange, disabled, faults, warnings }: PartProps) {
  const { t, i18n } = useTranslation();
  const { words } = plan;
  const write = (cause: WordCause, texts: Texts | undefined, stepName?: string) => {
    const { [cause]: _before, ...rest } = words ?? {};
    const next = texts === undefined ? rest : { ...rest, [cause]: texts };
    onChange(setPart(plan, 'words', next as Plan['words']), stepName);
  };
  return (
    <EntrySection
      title={t('plans.words')}
      text={t('plans.wordsText')}
      on={words !== undefined}
      onToggle={(on) => onChange(setPart(plan, 'words', on ? {} : undefined))}
      disabled={disabled}
      faults={faults.sayOnly('/words')}
      warnings={warnings.say('/words')}
    >
      {wordCauses.map((cause) => (
        <Cause
          key={cause}
          cause={cause}
          texts={words?.[cause]}
          first={i18n.language}
          disabled={disabled}
          faults={faults.below(`/words/${cause}`)}
          onChange={(texts, stepName) => write(cause, texts, stepName)}
        />
      ))}
    </EntrySection>
  );
}

function Cause(props: {
  cause: WordCause;
  texts: Texts | undefined;
  /** The language to begin with. */
  first: string;
  disabled: boolean;
  faults: FaultsAt;
  onChange(texts: Texts | undefined, stepName?: string): void;
}) {
  const { cause, texts = {}, onChange, ...rest } = props;
  const { t } = useTranslation();
  const name = t(`plans.cause.${cause}`);
  return (
    <div role="group" aria-label={name} className={classes.cause}>
      <Text size="sm" fw={500}>
        {name}
      </Text>
      <Text size="xs" c="dimmed">
        {t(`plans.causeHint.${cause}`)}
      </Text>
      <TextsByLanguage
        {...rest}
        name={name}
        texts={texts}
        // Where we have none in that language, it begins empty.
        begin={(language) => readyWords[cause][language] ?? ''}
        placeholders={knownFor[cause]}
        onChange={(next, language) =>
          onChange(
            Object.keys(next).length === 0 ? undefined : next,
            language === undefined ? undefined : `words ${cause} ${language}`,
          )
        }
      />
    </div>
  );
}
