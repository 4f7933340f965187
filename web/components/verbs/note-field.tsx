// What is written along with handing a conversation over, asking or whispering: a private note.
import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export const MAX_NOTE = 2000;

export function NoteField(props: {
  value: string;
  onChange(value: string): void;
  label: string;
  isFirst?: boolean;
}) {
  const { value, onChange, label, isFirst = false } = props;
  const { t } = useTranslation();
  return (
    <Textarea
      label={label}
      description={t('note.private')}
      value={value}
      maxLength={MAX_NOTE}
      autosize
      minRows={2}
      maxRows={6}
      onChange={(event) => onChange(event.currentTarget.value)}
      {...(isFirst && { 'data-autofocus': true })}
    />
  );
}

/** For the body of a request: what is blank is no note. */
export function noteIn(text: string): { note?: string } {
  return text.trim() === '' ? {} : { note: text.trim() };
}
