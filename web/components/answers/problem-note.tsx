// Shows above a form why it was refused.
import { Alert } from '@mantine/core';
import { problemText } from './problem-text.ts';

export function ProblemNote({ error, text }: { error: unknown; text?: string | null }) {
  if (error === null && !text) return null;
  return (
    <Alert color="red" variant="outline" role="alert">
      {error === null ? text : problemText(error)}
    </Alert>
  );
}
