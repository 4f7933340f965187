/**
 * Run only with USHER_LONG_TESTS=1: each takes a minute or more, or shows again at length what a shorter
 * one shows. Run those that a change touches.
 */
export const LONG_FORM = [
  'src/simulation/follow-waits.test.ts',
  'scripts/release.test.ts',
  'src/staffing/staff.test.ts',
  'test/client/strange-servers.test.ts',
  'test/client/updates.test.ts',
  'test/examples/{email,telegram}-bridge.test.ts',
  'test/faults/{full-disk,parking,push,restore-drill,stop-while-starting,webchat}.test.ts',
  'test/model/{peers-oracles,presence,simulation-oracles}.test.ts',
  'test/stories/{endless-bodies,rocketchat-external,rocketchat-hands}.test.ts',
  'test/stories/rocketchat-handover-hands.test.ts',
  'test/stories/{simulate,staff,webchat-rabbitmq}.test.ts',
  'test/browser/{agent,supervisor}-reports.test.ts',
  'test/browser/{admins-day,agents-tools,api-description,assistance,automations,balance,bots}.test.ts',
  'test/browser/{colleagues,demo,hidden-page,lab-replay,late-words,told-apart}.test.ts',
  'test/browser/{every-setting,first-week,guests,hostile-pages,lab,macros,outbox,parking}.test.ts',
  'test/browser/{plans,presence,push,read-from-right,recovery,routing-page,silence}.test.ts',
  'test/browser/{skill-levels,statuses,supervisors-day,told-waits,welcome,working-together}.test.ts',
  'test/browser/{wrong-clock,widget-story}.test.ts',
  'test/browser/widget-{people,screens,tabs}.test.ts',
];
