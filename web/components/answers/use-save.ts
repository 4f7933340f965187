// Sends a change to the server: shows a failure, and asks again for what it touches.

import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { toasts } from '../../ui/toasts.tsx';
import { problemText } from './problem-text.ts';

export function useSave<In, Out>(args: {
  send: (input: In) => Promise<Out>;
  /** First parts of the keys of what may be different now. */
  touches?: readonly string[];
  done?: string | undefined;
  onDone?: ((out: Out, input: In) => void) | undefined;
  quiet?: boolean;
}): UseMutationResult<Out, Error, In> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: args.send,
    onSuccess: (out, input) => {
      for (const key of args.touches ?? []) void queries.invalidateQueries({ queryKey: [key] });
      if (args.done !== undefined) toasts.show({ message: args.done });
      args.onDone?.(out, input);
    },
    onError: (error) => {
      if (!args.quiet) toasts.show({ message: problemText(error), color: 'red', autoClose: 8000 });
    },
  });
}
