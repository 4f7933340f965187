// The name of an entry, which is changed in place, and what is done with the whole of it.
import { ActionIcon, Alert, TextInput } from '@mantine/core';
import { IconCopy, IconTrash } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './entries.module.css';

export function EntryHead(props: {
  name: string;
  /** Of the others in the list. */
  taken: readonly string[];
  onRename(name: string): void;
  onCopy(): void;
  onRemove(): void;
  /** Who names it, in words; while there are some it is not removed. */
  namedBy: readonly string[];
  disabled: boolean;
  error: string | null;
}) {
  const { name, namedBy, disabled } = props;
  const { t } = useTranslation();
  const [refused, setRefused] = useState(false);
  const isRefused = refused && namedBy.length > 0;
  return (
    <div>
      <div className={classes.head}>
        <NameField {...props} />
        {!disabled && (
          <>
            <ActionIcon
              size={34}
              variant="default"
              data-tip={t('entries.copy', { name })}
              aria-label={t('entries.copy', { name })}
              onClick={props.onCopy}
            >
              <IconCopy size={16} />
            </ActionIcon>
            <ActionIcon
              size={34}
              variant="default"
              data-tip={t('entries.remove', { name })}
              aria-label={t('entries.remove', { name })}
              onClick={() => (namedBy.length > 0 ? setRefused(true) : props.onRemove())}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </>
        )}
      </div>
      {isRefused && (
        <Alert
          color="red"
          variant="outline"
          role="alert"
          mb="md"
          withCloseButton
          closeButtonLabel={t('common.close')}
          onClose={() => setRefused(false)}
        >
          {t('entries.stillNamed', { name, by: namedBy.join(t('common.comma')) })}
        </Alert>
      )}
    </div>
  );
}

/** Taken when the field is left, so that no half-written name goes through the document. */
function NameField({
  name,
  taken,
  onRename,
  disabled,
  error,
}: Pick<Parameters<typeof EntryHead>[0], 'name' | 'taken' | 'onRename' | 'disabled' | 'error'>) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(name);
  useEffect(() => setTyped(name), [name]);
  const wanted = typed.trim();
  const findFault = () => {
    if (wanted === '') return t('entries.nameMissing');
    return taken.includes(wanted) ? t('entries.nameTaken', { name: wanted }) : null;
  };
  const fault = findFault();
  const commit = () => {
    if (fault !== null) return;
    setTyped(wanted);
    if (wanted !== name) onRename(wanted);
  };
  return (
    <TextInput
      className={classes.headName ?? ''}
      label={t('form.name')}
      maxLength={100}
      disabled={disabled}
      value={typed}
      error={fault ?? error}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
      }}
    />
  );
}
