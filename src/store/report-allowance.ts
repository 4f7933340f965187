// A plan for any span would look up a year row by row.
/** SQL: for a report's snapshot, which is planned for the very span and sorted in memory. */
export const reportAllowance = `set local work_mem = '64MB'; set local plan_cache_mode = force_custom_plan`;
