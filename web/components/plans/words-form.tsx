// What a plan says to the contact, cause by cause and in each language.
import { ActionIcon, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Plan } from '../../../src/contract/policy/plan.ts';
import { readyWords } from '../../../src/contract/policy/ready-words.ts';
import { knownFor, type WordCause, wordCauses } from '../../../src/contract/policy/words.ts';
import { EntrySection } from '../../forms/entry-section.tsx';
import type { FaultsAt } from '../../forms/faults-at.ts';
import { contactLanguages } from '../../i18n/languages.ts';
import { Select } from '../../ui/select.tsx';
import { nameLanguage } from '../naming/name-language.ts';
import { type PartProps, setPart } from './part-props.ts';
import classes from './plans.module.css';

type Texts = Record<string, string>;

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

interface CauseProps {
  cause: WordCause;
  texts: Texts | undefined;
  /** The language to begin with. */
  first: string;
  disabled: boolean;
  faults: FaultsAt;
  onChange(texts: Texts | undefined, stepName?: string): void;
}

function Cause(props: CauseProps) {
  const { cause, texts = {}, first, disabled, faults, onChange } = props;
  const { t } = useTranslation();
  const nameLanguage = useNameLanguage();
  const said = Object.keys(texts);
  const write = (next: Texts, stepName?: string) =>
    onChange(Object.keys(next).length === 0 ? undefined : next, stepName);
  // Where we have none in that language, it begins empty.
  const withLanguage = (language: string) => ({
    ...texts,
    [language]: readyWords[cause][language] ?? '',
  });
  const offered = contactLanguages.filter((one) => !said.includes(one));
  return (
    <div role="group" aria-label={t(`plans.cause.${cause}`)} className={classes.cause}>
      <Text size="sm" fw={500}>
        {t(`plans.cause.${cause}`)}
      </Text>
      <Text size="xs" c="dimmed">
        {t(`plans.causeHint.${cause}`)}
      </Text>
      <Stack gap="xs" mt={6}>
        {said.map((language) => (
          <SaidText
            key={language}
            {...props}
            language={language}
            text={texts[language] ?? ''}
            onText={(text) => write({ ...texts, [language]: text }, `words ${cause} ${language}`)}
            onRemove={() => write(without(texts, language))}
          />
        ))}
      </Stack>
      {faults.sayOnly('') && <p className={classes.fault}>{faults.sayOnly('')}</p>}
      {!disabled && said.length === 0 && (
        <Button
          mt={6}
          size="compact-sm"
          variant="default"
          onClick={() => write(withLanguage(first))}
        >
          {t('plans.sayIn', { language: nameLanguage(first) })}
        </Button>
      )}
      {!disabled && said.length > 0 && (
        <Select
          key={said.length}
          mt={6}
          maw={260}
          searchable
          aria-label={t('plans.addLanguage', { cause: t(`plans.cause.${cause}`) })}
          placeholder={t('plans.otherLanguage')}
          nothingFoundMessage={t('nav.nothingFound')}
          data={offered.map((one) => ({ value: one, label: nameLanguage(one) }))}
          value={null}
          onChange={(language) => language !== null && write(withLanguage(language))}
        />
      )}
    </div>
  );
}

function SaidText(
  props: CauseProps & {
    language: string;
    text: string;
    onText(text: string): void;
    onRemove(): void;
  },
) {
  const { cause, language, text, disabled, faults, onText, onRemove } = props;
  const { t } = useTranslation();
  const nameLanguage = useNameLanguage();
  const name = nameLanguage(language);
  return (
    <div>
      <Group gap={6} align="flex-start" wrap="nowrap">
        <Textarea
          style={{ flex: 1, maxWidth: 620 }}
          label={name}
          lang={language}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={1000}
          disabled={disabled}
          value={text}
          error={faults.say(`/${language}`)}
          onChange={(event) => onText(event.currentTarget.value)}
        />
        {!disabled && (
          <ActionIcon mt={24} aria-label={t('entries.remove', { name })} onClick={onRemove}>
            <IconX size={16} />
          </ActionIcon>
        )}
      </Group>
      {!disabled && (
        <Group gap={4} mt={4}>
          {knownFor[cause].map((placeholder) => (
            <Button
              key={placeholder}
              size="compact-xs"
              variant="default"
              aria-label={t('plans.insert', { name: t(`plans.placeholder.${placeholder}`) })}
              onClick={() =>
                onText(`${text}${text === '' || text.endsWith(' ') ? '' : ' '}{{${placeholder}}}`)
              }
            >
              + {t(`plans.placeholder.${placeholder}`)}
            </Button>
          ))}
        </Group>
      )}
    </div>
  );
}

const without = (texts: Texts, language: string) =>
  Object.fromEntries(Object.entries(texts).filter(([one]) => one !== language));

function useNameLanguage(): (code: string) => string {
  const { i18n } = useTranslation();
  return (code) => nameLanguage(code, i18n.language);
}
