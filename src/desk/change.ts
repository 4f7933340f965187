// What verbs tell watchers.
/** What looks different to watchers now. */
export interface Change {
  kind:
    | 'conversation'
    | 'message'
    | 'read'
    | 'agent'
    | 'contact'
    | 'channel'
    | 'endpoint'
    | 'settings'
    /** A notice about the server itself. */
    | 'notice'
    /**
     * Somebody's right may have ended. Nobody is told, but their connections are checked. With an
     * id: the connections of that visitor's session.
     */
    | 'rights';
  /** null: of all that kind. */
  id: string | null;
  /** Of a message: its number in the conversation `id`. */
  seq?: number;
  /** Of a conversation: the team that it was for until now, whose agents may no longer see it. */
  leftTeamId?: string;
  /** Of a conversation: the agent who did not accept it in time, and whether they are away because of it. */
  missed?: { agentId: string; isAway: boolean };
}
