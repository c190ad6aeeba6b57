import { access } from './access';
import { agreements } from './agreements';
import { alarms } from './alarms';
import { audit } from './audit';
import { blocks } from './blocks';
import { calendars } from './calendars';
import { cases } from './cases';
import { console as consoleWords } from './console';
import { devices } from './devices';
import { directory } from './directory';
import { duty } from './duty';
import { edits } from './edits';
import { events } from './events';
import { feeds } from './feeds';
import { figures } from './figures';
import { general } from './general';
import { held } from './held';
import { identifiers } from './identifiers';
import { ledger } from './ledger';
import { incidents } from './incidents';
import { indicators } from './indicators';
import { notifications } from './notifications';
import { packs } from './packs';
import { problems } from './problems';
import { reports } from './reports';
import { rules } from './rules';
import { shell } from './shell';
import { signoffs } from './signoffs';
import { telemetry } from './telemetry';
import { trace } from './trace';
import { warnings } from './warnings';

/** Every word of the interface: Chinese, English. Packs bring their own. */
export const words = {
  ...access, ...agreements, ...alarms, ...audit, ...blocks, ...calendars, ...cases, ...consoleWords, ...devices, ...directory, ...duty, ...edits, ...events, ...feeds, ...figures, ...general, ...held, ...identifiers, ...incidents, ...indicators, ...ledger, ...notifications, ...packs, ...problems, ...reports, ...rules, ...shell, ...signoffs, ...telemetry, ...trace, ...warnings,
} as const;

export type Key = keyof typeof words;
