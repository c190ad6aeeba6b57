import { useNow } from '../context/now';
import { usePreferences } from '../context/preferences';
import { useZone } from '../context/zone';
import { duration } from '../format/durations';
import { moment, near, offset, relative } from '../format/times';

/** Relative to now; the absolute time, with its zone, on hover. */
export function Ago({ at }: { at: string | null | undefined }) {
  const now = useNow();
  const { language } = usePreferences();
  const zone = useZone();
  if (at === null || at === undefined) return <span className="faint">–</span>;
  return <time dateTime={at} title={`${moment(at, zone)} ${offset(zone, now)}`}>{relative(at, Math.max(now, Math.min(new Date(at).getTime(), now + 10_000)), language)}</time>;
}

export function At({ at, shape = 'full' }: { at: string | null | undefined; shape?: 'full' | 'date' | 'minute' | 'clock' | 'near' }) {
  const { language } = usePreferences();
  const now = useNow();
  const zone = useZone();
  if (at === null || at === undefined) return <span className="faint">–</span>;
  return <time dateTime={at} title={`${moment(at, zone)} · ${relative(at, now, language)}`}>{shape === 'near' ? near(at, zone, now) : moment(at, zone, shape)}</time>;
}

/** From one moment to another, or to now where it still lasts. */
export function Span({ from, to }: { from: string; to: string | null }) {
  const now = useNow();
  const { language } = usePreferences();
  const end = to === null ? now : new Date(to).getTime();
  return <>{duration(Math.max(0, (end - new Date(from).getTime()) / 1000), language)}</>;
}
