// What rules, plans and calendars are called: unique in its list, and how others refer to it.
import { Text } from '../shapes.ts';

export const PolicyName = Text(100, 1);
