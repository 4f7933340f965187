// Measures Usher's default policy beside the models of other desks: steady, peak and morning arrivals, and two skills.
import { comparisons, DAYS, measure } from './peer-tables.ts';
import { report } from './table.ts';

await report(
  'peers',
  comparisons.map(measure),
  [],
  `# bench:peers\n\nEach figure is the mean of ${DAYS} runs with seeds of their own; in a run all models meet the same customers. **better**: better than Usher. =: no difference shown, by the 95 % interval of the differences run by run. Else Usher is better. The figures are the same on every machine.`,
);
