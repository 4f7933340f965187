// Puts a text into a field as if it were typed, so that the field's listeners notice.
type Field = HTMLInputElement | HTMLTextAreaElement;

export function setText(field: Field, text: string): void {
  const { prototype } = field instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
