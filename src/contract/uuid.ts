// What an id of ours looks like.

/** In lower case, as we and PostgreSQL write it. */
export const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
