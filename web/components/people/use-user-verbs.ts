// What an admin can do with those who sign in.
import { ask, client } from '../../api/client.ts';
import type { Role, User } from '../../api/shapes.ts';
import { useSave } from '../answers/use-save.ts';

const at = (id: string) => ({ params: { path: { id } } });

/** `onLink`: is given the address at which somebody chooses a new password. */
export function useUserVerbs(
  onLink: (link: { url: string; name: string; mailed: boolean }) => void,
) {
  const change = useSave({
    send: ({ id, role }: { id: string; role: Role }) =>
      ask(client.PATCH('/api/v1/users/{id}', { ...at(id), body: { role } })),
    touches: ['users', 'agents'],
  });
  const remove = useSave({
    send: (id: string) => ask(client.DELETE('/api/v1/users/{id}', at(id))),
    touches: ['users', 'agents'],
  });
  const reset = useSave({
    send: (user: User) => ask(client.POST('/api/v1/users/{id}/reset', at(user.id))),
    onDone: ({ inviteUrl: url, mailed }, { name }) => onLink({ url, name, mailed }),
  });
  const resetFactor = useSave({
    send: (id: string) => ask(client.DELETE('/api/v1/users/{id}/second-factor', at(id))),
    touches: ['users'],
  });
  const unlink = useSave({
    send: (id: string) => ask(client.DELETE('/api/v1/users/{id}/single-sign-on', at(id))),
    touches: ['users'],
  });
  return {
    setRole: (id: string, role: Role) => change.mutate({ id, role }),
    remove: (user: User) => remove.mutate(user.id),
    reset: (user: User) => reset.mutate(user),
    resetFactor: (user: User) => resetFactor.mutate(user.id),
    unlink: (user: User) => unlink.mutate(user.id),
  };
}
