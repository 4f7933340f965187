// Where labels are typed that are chosen from no list.
import { TagsInput, type TagsInputProps } from '@mantine/core';

export function LabelsField(props: TagsInputProps) {
  return <TagsInput maxTags={100} {...props} />;
}
