// 192 bits in the form that Standard Webhooks libraries read; any other reader takes it as text.
export function makeSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return `whsec_${btoa(String.fromCharCode(...bytes))}`;
}
