// The sections of the reports page, in their order; a new one is a line here.
import type { ComponentType } from 'react';
import type { ReportsWords } from '../../i18n/reports-en.ts';
import { AdherenceSection } from './adherence-section.tsx';
import { AnswerSection } from './answer-section.tsx';
import { FairnessSection } from './fairness-section.tsx';
import { OccupancySection } from './occupancy-section.tsx';
import { OfferSection } from './offer-section.tsx';
import { RatingSection } from './rating-section.tsx';
import type { ReportSpan } from './report-range.ts';
import { StatusSection } from './status-section.tsx';
import { TimesSection } from './times-section.tsx';
import { ToldSection } from './told-section.tsx';
import { VolumeSection } from './volume-section.tsx';
import { WeekSection } from './week-section.tsx';

export interface ReportSection {
  name: string;
  label: keyof ReportsWords;
  Section: ComponentType<{ span: ReportSpan }>;
}

export const sections: readonly ReportSection[] = [
  { name: 'volume', label: 'side.volume', Section: VolumeSection },
  { name: 'times', label: 'side.times', Section: TimesSection },
  { name: 'week', label: 'side.week', Section: WeekSection },
  { name: 'ratings', label: 'side.ratings', Section: RatingSection },
  { name: 'occupancy', label: 'side.occupancy', Section: OccupancySection },
  { name: 'offers', label: 'side.offers', Section: OfferSection },
  { name: 'answers', label: 'side.answers', Section: AnswerSection },
  { name: 'waits', label: 'told.title', Section: ToldSection },
  { name: 'statuses', label: 'side.statuses', Section: StatusSection },
  { name: 'fairness', label: 'side.fairness', Section: FairnessSection },
  { name: 'shifts', label: 'side.shifts', Section: AdherenceSection },
];
