// How much may be known of a contact.

export const MOST_ATTRIBUTES = 200;
export const MOST_CONTACT_TAGS = 100;
