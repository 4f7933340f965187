// A field for tags: Enter, Tab and leaving take the marked one; a new tag is made only on purpose.
import { TagsInput, type TagsInputProps } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { offerTags } from './offer-tags.ts';

const MOST = 50;

export function TagField(
  props: Omit<TagsInputProps, 'data' | 'value' | 'onChange' | 'defaultValue'> & {
    known: readonly string[];
    value?: string[];
    onChange?(tags: string[]): void;
  },
) {
  const {
    known,
    value = [],
    onChange = () => {},
    onBlur,
    defaultSearchValue = '',
    ...rest
  } = props;
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const has = (tag: string) => value.some((one) => one.toLowerCase() === tag.toLowerCase());
  const offers = offerTags(known, typed).filter((tag) => !has(tag));
  const word = typed.trim();
  return (
    <TagsInput
      maxTags={MOST}
      maxLength={100}
      {...rest}
      data={offers}
      filter={({ options }) => options}
      value={value}
      onChange={onChange}
      searchValue={typed}
      onSearchChange={setTyped}
      selectFirstOptionOnChange={word !== ''}
      renderOption={({ option: { value: tag } }) =>
        known.includes(tag) ? tag : t('tags.make', { name: tag })
      }
      // Leaving takes what Enter would, not the letters that stand there.
      acceptValueOnBlur={false}
      onBlur={(event) => {
        const [first] = offers;
        if (word !== '' && first !== undefined && value.length < MOST) onChange([...value, first]);
        setTyped('');
        onBlur?.(event);
      }}
    />
  );
}
