// Who did something, by name: what is recorded is `agent:<id>`, `token:<name>`, `router`, `remote` or `system`. Pure.

const AGENT = /agent:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/g;

/** In a sentence or alone. */
export function nameActors(
  text: string,
  agents: readonly { id: string; name: string }[],
  somebody: string,
): string {
  return text
    .replace(AGENT, (_, id: string) => agents.find((agent) => agent.id === id)?.name ?? somebody)
    .replace(/\btoken:(\S+)/g, 'API ($1)');
}
