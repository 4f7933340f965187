// What an id of ours looks like.

/** For patterns in which an id stands among other things. */
export const UUID_PATTERN = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** In lower case, as we and PostgreSQL write it. */
export const UUID = new RegExp(`^${UUID_PATTERN}$`);

/** As others write it, also in capitals. */
export const UUID_OF_OTHERS = new RegExp(UUID, 'i');
