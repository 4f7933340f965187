// Files on their way to the server before the message that they go with.
import { ActionIcon, Loader } from '@mantine/core';
import { IconFile, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { v4 as uuid } from 'uuid';
import { withoutDirections } from '../../../src/contract/visible-text.ts';
import { ask, client } from '../../api/client.ts';
import ui from '../../ui/ui.module.css';
import { problemText } from '../answers/problem-text.ts';
import classes from './composer.module.css';

interface Upload {
  key: string;
  name: string;
  done: { id: string; name: string; type: string } | null;
  error: string | null;
}
const MOST = 10;

export function useFiles() {
  const [uploads, set] = useState<Upload[]>([]);
  const change = (key: string, part: Partial<Upload>) =>
    set((now) => now.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const add = (files: File[]) => {
    for (const file of files.slice(0, MOST - uploads.length)) {
      const key = uuid();
      set((now) => [...now, { key, name: file.name, done: null, error: null }]);
      upload(file).then(
        (done) => change(key, { done }),
        (error: unknown) => change(key, { error: problemText(error) }),
      );
    }
  };
  return {
    uploads,
    add,
    drop: (key: string) => set((now) => now.filter((one) => one.key !== key)),
    clear: () => set([]),
    ready: uploads.flatMap(({ done }) => done ?? []),
    busy: uploads.some(({ done, error }) => done === null && error === null),
    failed: uploads.filter(({ error }) => error !== null).length,
  };
}

function upload(file: File) {
  const form = new FormData();
  form.append('file', file, file.name);
  return ask(
    client.POST('/api/v1/attachments', { body: form as never, bodySerializer: (body) => body }),
  );
}

export function FilesToSend({ files }: { files: ReturnType<typeof useFiles> }) {
  const { t } = useTranslation();
  if (files.uploads.length === 0) return null;
  return (
    <div className={classes.sending}>
      {files.uploads.map(({ key, name, done, error }) => (
        <span key={key} className={ui.file} style={error ? { color: 'var(--bad)' } : undefined}>
          {done || error ? <IconFile size={15} /> : <Loader size={14} />}
          <span className="cut">{error ?? withoutDirections(name)}</span>
          <ActionIcon
            size={18}
            aria-label={t('composer.removeFile', { name })}
            onClick={() => files.drop(key)}
          >
            <IconX size={13} />
          </ActionIcon>
        </span>
      ))}
    </div>
  );
}
