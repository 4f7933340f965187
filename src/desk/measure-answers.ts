// How agents answered what they were offered within a span, for a scenario that is made of it.
import { refusals } from '../routing/exclusions.ts';
import { type MeasuredAnswers, type MeasuredSpan, readAnswers } from '../store/measured.ts';
import type { Desk } from './context.ts';

export function measureAnswers(
  { db }: Desk,
  span: Omit<MeasuredSpan, 'channelIds'>,
): Promise<MeasuredAnswers[]> {
  return readAnswers(db, span, refusals);
}
