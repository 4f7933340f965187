// What a stranger may write into any field, for tests with generated bodies.
import fc from 'fast-check';

export const strange = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.constantFrom(null, '', 'x'.repeat(70_000), -0, 1e308, [], {}, '\0', '\ud800'),
);

/** Mostly as it should be. */
export const field = <T>(good: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 9, arbitrary: good }, { weight: 1, arbitrary: strange });
