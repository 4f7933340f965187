// Which texts may stand in a rule.

export function isText(json: unknown, longest: number): json is string {
  return typeof json === 'string' && json !== '' && json.length <= longest && isStorable(json);
}

export const isPolicyName = (json: unknown): json is string => isText(json, 100);

/** As `STORABLE` says it. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
