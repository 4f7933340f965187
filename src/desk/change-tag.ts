// Makes, changes and removes the tags to choose from; conversations keep the name that they were given.
import { UNIQUE_VIOLATION } from '../store/constraint-codes.ts';
import { deleteTag, insertTag, type TagRow, updateTag } from '../store/tags.ts';
import { makeListVerbs } from './make-list-verbs.ts';

/** Refuse `tag.name-taken` and `tag.not-found`. */
export const {
  create: createTag,
  change: changeTag,
  remove: removeTag,
} = makeListVerbs<TagRow>({
  entry: 'tag',
  insert: insertTag,
  update: updateTag,
  drop: deleteTag,
  broken: { [UNIQUE_VIOLATION]: 'tag.name-taken' },
});
