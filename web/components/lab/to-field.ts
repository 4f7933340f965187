// A time as a field of a form has it: by the clock of this device, to the minute.

const TO_THE_MINUTE = 'yyyy-mm-ddThh:mm'.length;
const MINUTE_MS = 60_000;

export function toField(at: number): string {
  const local = at - new Date(at).getTimezoneOffset() * MINUTE_MS;
  return new Date(local).toISOString().slice(0, TO_THE_MINUTE);
}
