// Makes any brand colour readable: text on it, and the colour itself on light or dark.

export interface Accent {
  fill: string;
  /** Black or white, whichever is easier to read on the fill. */
  onFill: string;
  /** The colour, made darker or lighter until it can be read on the surface. */
  text: string;
}

/** Of all that coloured text may stand on (chat.css), what it is hardest to read on. */
export const SURFACES = { light: '#f5f7fa', dark: '#232a38' };

type Rgb = [number, number, number];

const READABLE = 4.5;

export function makeAccent(colour: string, surface: string): Accent {
  const white: Rgb = [255, 255, 255];
  const black: Rgb = [16, 24, 40];
  const fill = parse(colour);
  // White is what people expect on a colour: black only where white cannot be read.
  const onFill = contrast(fill, white) >= READABLE ? white : black;
  const ground = parse(surface);
  const towards = luminance(ground) > 0.5 ? black : white;
  let text = fill;
  for (let share = 0; contrast(text, ground) < READABLE && share <= 1; share += 0.05) {
    text = mix(fill, towards, share);
  }
  return {
    fill: write(contrast(fill, onFill) >= READABLE ? fill : mix(fill, white, 0.2)),
    onFill: write(onFill),
    text: write(text),
  };
}

export function contrastOf(a: string, b: string): number {
  return contrast(parse(a), parse(b));
}

function contrast(a: Rgb, b: Rgb): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** WCAG 2.2, relative luminance. */
function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function mix(a: Rgb, b: Rgb, share: number): Rgb {
  return a.map((value, at) => Math.round(value + ((b[at] ?? 0) - value) * share)) as Rgb;
}

function parse(colour: string): Rgb {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) as Rgb;
}

function write(colour: Rgb): string {
  return `#${colour.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
