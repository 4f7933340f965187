// Whether the browser is on a phone, whose pages stand still while it sleeps.

export const isPhone = (): boolean => matchMedia('(pointer: coarse) and (hover: none)').matches;
