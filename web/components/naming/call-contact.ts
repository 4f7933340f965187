// What a contact is called where there is only text: with a word that nobody has proved it, if so.
import type { TFunction } from 'i18next';
import { isOnlySaid } from '../../../src/contract/display-name.ts';
import type { Conversation } from '../../api/shapes.ts';

export function callContact(contact: Conversation['contact'], t: TFunction): string {
  const name = contact.displayName;
  return isOnlySaid(contact) ? t('identity.onlySaid', { name }) : name;
}
