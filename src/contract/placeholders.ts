// The placeholders of a canned reply: `{name}`, or `{name|there}` with a text for contacts without a name. Pure.

export const placeholders = ['name', 'agent'] as const;
export type Placeholder = (typeof placeholders)[number];

/** With the space in front, which goes too where nothing comes. */
const OPEN = /( ?)\{\s*([\p{L}_][\p{L}\p{N}_.-]*)\s*(?:\|([^{}\n]*))?\}/gu;

/** As they are written, each once: no value is known for them. */
export function listUnknownPlaceholders(text: string): string[] {
  const names = [...text.matchAll(OPEN)].map(([, , name = '']) => name);
  return [...new Set(names.filter((name) => !isPlaceholder(name)))];
}

/** Unknown placeholders stay as they are written. */
export function fillPlaceholders(
  text: string,
  values: Readonly<Record<Placeholder, string | null>>,
): string {
  return text.replaceAll(OPEN, (whole: string, space: string, name: string, instead = '') => {
    if (!isPlaceholder(name)) return whole;
    const said = values[name]?.trim() || instead.trim();
    return said === '' ? '' : `${space}${said}`;
  });
}

function isPlaceholder(name: string): name is Placeholder {
  return (placeholders as readonly string[]).includes(name);
}
