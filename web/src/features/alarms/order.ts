import type { Alarm, Severity } from '../../api/types';

const gravity: Severity[] = ['red', 'orange', 'yellow', 'blue', 'green'];
const stateOrder: Alarm['state'][] = ['raised', 'acknowledged', 'suppressed', 'cleared'];

/** What waits for somebody first, then the graver, then the newer. */
export function byGravity(alarms: Alarm[]): Alarm[] {
  return [...alarms].sort((a, b) =>
    stateOrder.indexOf(a.state) - stateOrder.indexOf(b.state) || gravity.indexOf(a.severity) - gravity.indexOf(b.severity) || b.raisedAt.localeCompare(a.raisedAt));
}
