// How deliveries to automations are told from those to endpoints: by their type.
const PREFIX = 'automation:';

/** Of the delivery that tells automations of such an event. */
export function automationType(event: string): string {
  return `${PREFIX}${event}`;
}

export function isForAutomations(type: string): boolean {
  return type.startsWith(PREFIX);
}
