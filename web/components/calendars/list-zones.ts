// All time zones with what their clocks show now, as they are searched by city or offset.

export interface Zone {
  name: string;
  /** As GMT+7. */
  offset: string;
}

/** Browsers list some cities by an older name alone; both are the IANA's. */
const newer = [
  'UTC',
  'Africa/Asmara',
  'America/Argentina/Buenos_Aires',
  'America/Atikokan',
  'America/Nuuk',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Atlantic/Faroe',
  'Europe/Kyiv',
  'Pacific/Chuuk',
  'Pacific/Kanton',
  'Pacific/Pohnpei',
];

/** With `also`, which stands in the document. */
export function listZones(at: number, also: string): Zone[] {
  const names = new Set([...Intl.supportedValuesOf('timeZone'), ...newer, also]);
  return [...names]
    .flatMap((name) => {
      const offset = readOffset(name, at);
      return offset === null ? [] : [{ name, offset }];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** null: there is no such zone, or this browser does not know it. */
export function readOffset(name: string, at: number): string | null {
  try {
    const format = new Intl.DateTimeFormat('en', { timeZone: name, timeZoneName: 'shortOffset' });
    const part = format.formatToParts(at).find(({ type }) => type === 'timeZoneName');
    return part?.value === 'GMT' ? 'GMT+0' : (part?.value ?? null);
  } catch {
    return null;
  }
}

/** “sao paulo” finds America/Sao_Paulo, “gmt+7” what is seven hours ahead. */
export function matchesZone({ name, offset }: Zone, typed: string): boolean {
  const plain = (text: string) => text.toLowerCase().replaceAll('_', ' ');
  return plain(`${name} ${offset}`).includes(plain(typed.trim()));
}
