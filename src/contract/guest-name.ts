// What somebody is called who has said no name: made of the id that we gave, so it is always the same. Pure.

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
  const bits = Number.parseInt(uuid.slice(-5), 16);
  const number = (bits % NUMBERS) + 1;
  const bird = BIRDS[Math.floor(bits / NUMBERS) % BIRDS.length];
  const colour = COLOURS[Math.floor(bits / NUMBERS / BIRDS.length)];
  return `${colour} ${bird} ${number}`;
}

/** The end of the ids that are called so; null: no guest is. */
export function readGuestName(text: string): string | null {
  const [, colour = '', bird = '', digits] = /^(\w+) (\w+) (\d{1,3})$/.exec(text.trim()) ?? [];
  const find = (words: string[], wanted: string) =>
    words.findIndex((word) => word.toLowerCase() === wanted.toLowerCase());
  const [atColour, atBird, number] = [find(COLOURS, colour), find(BIRDS, bird), Number(digits)];
  if (atColour < 0 || atBird < 0 || !(number >= 1 && number <= NUMBERS)) return null;
  const bits = (atColour * BIRDS.length + atBird) * NUMBERS + number - 1;
  return bits.toString(16).padStart(5, '0');
}
