// Where a code of the authenticator app is typed.
import { Button, Stack, TextInput } from '@mantine/core';
import type { UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemNote } from '../components/answers/problem-note.tsx';

export function CodeForm(props: {
  label: string;
  action: string;
  save: Pick<UseMutationResult<unknown, Error, string>, 'isPending' | 'error' | 'mutate'>;
}) {
  const { label, action, save } = props;
  const [code, setCode] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(code.trim());
        setCode('');
      }}
    >
      <Stack gap="sm">
        <ProblemNote error={save.error} />
        <TextInput
          label={label}
          autoComplete="one-time-code"
          inputMode="text"
          autoCapitalize="characters"
          spellCheck={false}
          required
          withAsterisk={false}
          minLength={6}
          maxLength={40}
          data-autofocus
          autoFocus
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" fullWidth loading={save.isPending}>
          {action}
        </Button>
      </Stack>
    </form>
  );
}
