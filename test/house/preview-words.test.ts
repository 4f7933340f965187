// The back office shows a preview of the chat: it says what the chat says.
import { expect, test } from 'vitest';
import { languages as officeLanguages } from '../../web/i18n/languages.ts';
import { languages as chatLanguages } from '../../widget/words/speech.ts';

test.each([
  ['en', 'en'],
  ['ar', 'ar'],
  ['id', 'id'],
  ['ko', 'ko'],
  ['pt-BR', 'pt'],
] as const)('in %s the preview has the words of the chat', async (own, theirs) => {
  const office = await officeLanguages[own].parts.settings();
  const chat = await chatLanguages[theirs]?.fetch();
  expect({
    'frame.title': office['widget.sampleTitle'],
    'header.here': office['widget.sampleOnline'],
    'start.greeting': office['widget.sampleGreeting'],
    'composer.placeholder': office['widget.sampleField'],
    'header.away': office['widget.sampleAway'],
    'start.offline': office['widget.sampleOffline'],
    'start.form': office['widget.sampleForm'],
    'start.submit': office['widget.sampleStart'],
    'start.leave-message': office['widget.sampleLeave'],
    'field.name': office['widget.sampleName'],
    'field.email': office['widget.sampleEmail'],
    'field.phone': office['widget.samplePhone'],
    'field.message': office['widget.sampleMessage'],
    powered: office['widget.samplePowered'].replace('{{name}}', '{name}'),
  }).toEqual({
    'frame.title': chat?.['frame.title'],
    'header.here': chat?.['header.here'],
    'start.greeting': chat?.['start.greeting'],
    'composer.placeholder': chat?.['composer.placeholder'],
    'header.away': chat?.['header.away'],
    'start.offline': chat?.['start.offline'],
    'start.form': chat?.['start.form'],
    'start.submit': chat?.['start.submit'],
    'start.leave-message': chat?.['start.leave-message'],
    'field.name': chat?.['field.name'],
    'field.email': chat?.['field.email'],
    'field.phone': chat?.['field.phone'],
    'field.message': chat?.['field.message'],
    powered: chat?.powered,
  });
});
