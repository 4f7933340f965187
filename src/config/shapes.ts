// What many settings are.
import { Type } from 'typebox';

export const Text = (description: string) =>
  Type.Optional(Type.String({ description, minLength: 1 }));
/** An address, or a path of our own origin. */
export const Picture = (description: string) =>
  Type.Optional(
    Type.String({ description, pattern: '^(https?://[^\\s/]|/(?![/\\\\]))\\S*$', maxLength: 2048 }),
  );
export const Port = (description: string, value: number) =>
  Type.Integer({ description, default: value, minimum: 0, maximum: 65_535 });
