// Asks the model once, and gives it up when it is cancelled or nobody looks any more.
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { type AssistTask, askModel } from './ask-model.ts';

export function useAsking(conversationId: string) {
  const running = useRef<AbortController | null>(null);
  const mutation = useMutation({
    mutationFn: (task: AssistTask) => {
      running.current = new AbortController();
      return askModel(conversationId, task, { signal: running.current.signal });
    },
  });
  useEffect(() => () => running.current?.abort(), []);
  return {
    ask: (task: AssistTask) => mutation.mutate(task),
    cancel: () => {
      running.current?.abort();
      mutation.reset();
    },
    forget: mutation.reset,
    answer: mutation.data ?? null,
    isBusy: mutation.isPending,
    error: mutation.error,
  };
}
