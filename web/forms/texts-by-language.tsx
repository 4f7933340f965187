// A text in each language that is written, with what is filled in when it is said.
import { ActionIcon, Button, Group, Stack, Textarea } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Texts, WordPlaceholder } from '../../src/contract/policy/words.ts';
import { nameLanguage } from '../components/naming/name-language.ts';
import { contactLanguages } from '../i18n/languages.ts';
import { Select } from '../ui/select.tsx';
import classes from './entries.module.css';
import type { FaultsAt } from './faults-at.ts';

interface TextsProps {
  /** What it is said for, as the choice of another language names it. */
  name: string;
  texts: Texts;
  /** The language to begin with. */
  first: string;
  /** What a language that is added begins with. */
  begin?(language: string): string;
  placeholders: readonly WordPlaceholder[];
  disabled?: boolean;
  faults: FaultsAt;
  /** `language`: of the text that was typed; absent: a text was added or removed. */
  onChange(texts: Texts, language?: string): void;
}

export function TextsByLanguage(props: TextsProps) {
  const { name, texts, first, begin = () => '', disabled = false, faults, onChange } = props;
  const { t } = useTranslation();
  const nameOf = useNameLanguage();
  const said = Object.keys(texts);
  const add = (language: string) => onChange({ ...texts, [language]: begin(language) });
  const offered = contactLanguages.filter((one) => !said.includes(one));
  return (
    <>
      <Stack gap="xs" mt={6}>
        {said.map((language) => (
          <OneText
            key={language}
            {...props}
            language={language}
            text={texts[language] ?? ''}
            onText={(text) => onChange({ ...texts, [language]: text }, language)}
            onRemove={() => onChange(without(texts, language))}
          />
        ))}
      </Stack>
      {faults.sayOnly('') && <p className={classes.fault}>{faults.sayOnly('')}</p>}
      {!disabled && said.length === 0 && (
        <Button mt={6} size="compact-sm" variant="default" onClick={() => add(first)}>
          {t('plans.sayIn', { language: nameOf(first) })}
        </Button>
      )}
      {!disabled && said.length > 0 && (
        <Select
          key={said.length}
          mt={6}
          maw={260}
          searchable
          aria-label={t('plans.addLanguage', { cause: name })}
          placeholder={t('plans.otherLanguage')}
          nothingFoundMessage={t('nav.nothingFound')}
          data={offered.map((one) => ({ value: one, label: nameOf(one) }))}
          value={null}
          onChange={(language) => language !== null && add(language)}
        />
      )}
    </>
  );
}

function OneText(
  props: TextsProps & {
    language: string;
    text: string;
    onText(text: string): void;
    onRemove(): void;
  },
) {
  const { language, text, placeholders, disabled = false, faults, onText, onRemove } = props;
  const { t } = useTranslation();
  const name = useNameLanguage()(language);
  const insert = (placeholder: WordPlaceholder) =>
    onText(`${text}${text === '' || text.endsWith(' ') ? '' : ' '}{{${placeholder}}}`);
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
          {placeholders.map((placeholder) => (
            <Button
              key={placeholder}
              size="compact-xs"
              variant="default"
              aria-label={t('plans.insert', { name: t(`plans.placeholder.${placeholder}`) })}
              onClick={() => insert(placeholder)}
            >
              + {t(`plans.placeholder.${placeholder}`)}
            </Button>
          ))}
        </Group>
      )}
    </div>
  );
}

const without = (texts: Texts, language: string): Texts =>
  Object.fromEntries(Object.entries(texts).filter(([one]) => one !== language));

function useNameLanguage(): (code: string) => string {
  const { i18n } = useTranslation();
  return (code) => nameLanguage(code, i18n.language);
}
