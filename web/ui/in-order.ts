// The legend of a chart: as its series are given, where the library would sort them by the alphabet.
export const inOrder = { itemSorter: null };
