import { expect, test } from 'vitest';
import { ApiProblem } from '../api/client.ts';
import { problemAtField } from './problem-at-field.ts';

const invalid = (text: string) => new ApiProblem(400, 'request.invalid', text);

test('a refusal stands at the field that it names, however deep', () => {
  expect(problemAtField(invalid('body/config/baseUrl: is private'), ['baseUrl'])).toEqual({
    field: 'baseUrl',
    text: 'is private',
  });
  expect(
    problemAtField(invalid('body.config.preChat.fields.0.name is empty'), ['preChat']),
  ).toEqual({
    field: 'preChat.fields.0.name',
    text: 'is empty',
  });
});

test('what names no field of the form stands above it', () => {
  expect(problemAtField(invalid('body.weight must be 1 or more'), ['name'])).toBeNull();
  expect(
    problemAtField(new ApiProblem(409, 'user.last-admin', 'body.role no'), ['role']),
  ).toBeNull();
  expect(problemAtField(new Error('offline'), ['name'])).toBeNull();
});
