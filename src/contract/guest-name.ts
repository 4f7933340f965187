// Makes a name for a guest who gave none, always the same for the same id. Pure.

/** 32, so that five bits choose one. */
const COLOURS =
  'Amber Apricot Azure Bronze Cherry Cobalt Copper Coral Cream Crimson Cyan Emerald Golden Indigo Ivory Jade Lavender Lemon Lilac Lime Maroon Mint Navy Olive Peach Plum Ruby Saffron Scarlet Silver Teal Violet'.split(
    ' ',
  );
/** Birds alone, 64: nobody minds being called one. */
const BIRDS =
  'Avocet Bittern Bulbul Bunting Condor Crane Curlew Dipper Dotterel Dove Dunlin Egret Eider Falcon Finch Flamingo Godwit Goldcrest Goldfinch Grebe Heron Hoopoe Hornbill Ibis Jay Kestrel Kingfisher Kinglet Kittiwake Lapwing Lark Linnet Macaw Magpie Merlin Mockingbird Myna Nightingale Nuthatch Oriole Osprey Partridge Pelican Petrel Pipit Plover Puffin Quail Redstart Robin Sandpiper Siskin Skylark Sparrow Starling Stork Sunbird Swallow Tanager Tern Toucan Wagtail Warbler Waxwing'.split(
    ' ',
  );
const NUMBERS = 512;

/** One of a million: the end of an id is random also where its beginning tells the time. */
export function guestName(uuid: string): string {
  const guest = guestNumber(uuid);
  const number = (guest % NUMBERS) + 1;
  const bird = BIRDS[Math.floor(guest / NUMBERS) % BIRDS.length];
  const colour = COLOURS[Math.floor(guest / NUMBERS / BIRDS.length)];
  return `${colour} ${bird} ${number}`;
}

/** What the name is made of. The database has the same of an id (store/inbox.ts). */
export function guestNumber(uuid: string): number {
  return Number.parseInt(uuid.slice(-5), 16);
}

/** Numbers of guests, both ends included. */
export type GuestRange = readonly [from: number, to: number];

/**
 * Whose names have words that begin with what is typed, in this order: `golden bul`, `bulbul`, `272`. As what the end
 * of the id says (`guestNumber`), in ranges: 6,000 at most, for a single digit. None: no guest is called so.
 */
export function findGuests(typed: string): GuestRange[] {
  const words = typed.toLowerCase().match(/\S+/g) ?? [];
  return places(words.length).flatMap((at) => {
    const wordAt = (place: number) => words[at.indexOf(place)] ?? '';
    const numbers = numbersBeginning(wordAt(2));
    return pairsBeginning(wordAt(0), wordAt(1)).flatMap(([from, to]) =>
      wordAt(2) === ''
        ? [[from * NUMBERS, to * NUMBERS + NUMBERS - 1] as const]
        : eachOf(from, to).flatMap((pair) =>
            numbers.map(
              ([first, last]) => [pair * NUMBERS + first, pair * NUMBERS + last] as const,
            ),
          ),
    );
  });
}

/** Which of the three words of a name so many typed words may be. */
function places(count: number): number[][] {
  const all = [[0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]];
  return all.filter((one) => one.length === count);
}

/** Of a colour and a bird together. */
function pairsBeginning(colour: string, bird: string): GuestRange[] {
  const colours = indexesBeginning(COLOURS, colour);
  if (bird === '') {
    return colours.map((at) => [at * BIRDS.length, (at + 1) * BIRDS.length - 1] as const);
  }
  const birds = indexesBeginning(BIRDS, bird);
  return colours.flatMap((at) =>
    birds.map((one) => [at * BIRDS.length + one, at * BIRDS.length + one] as const),
  );
}

function indexesBeginning(words: string[], beginning: string): number[] {
  return words.flatMap((word, at) => (word.toLowerCase().startsWith(beginning) ? [at] : []));
}

/** `27` begins 27 and 270 to 279. */
function numbersBeginning(digits: string): GuestRange[] {
  if (digits === '') return [[0, NUMBERS - 1]];
  if (!/^[1-9]\d{0,2}$/.test(digits)) return [];
  return [1, 10, 100].flatMap((width) => {
    const first = Number(digits) * width;
    return first > NUMBERS ? [] : [[first - 1, Math.min(first + width - 1, NUMBERS) - 1] as const];
  });
}

const eachOf = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);
