import type { Language } from '../i18n/language';
import { duration } from './durations';

type Shape = 'full' | 'date' | 'minute' | 'clock' | 'short' | 'day';
const formats = new Map<string, Intl.DateTimeFormat>();

function knownZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return 'UTC';
    throw error;
  }
}

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZone: knownZone(zone) });
    formats.set(zone, format);
  }
  return format;
}

/** A moment in the installation's zone, the same figures in both languages: 2026-01-05 08:00:00. */
export function moment(time: string | number, zone: string, shape: Shape = 'full'): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return '–';
  const part = Object.fromEntries(formatOf(zone).formatToParts(date).map(({ type, value }) => [type, value])) as Record<string, string>;
  const day = `${part['month']}-${part['day']}`;
  const short = `${part['hour']}:${part['minute']}`;
  switch (shape) {
    case 'full': return `${part['year']}-${day} ${short}:${part['second']}`;
    case 'date': return `${part['year']}-${day}`;
    case 'minute': return `${day} ${short}`;
    case 'clock': return `${short}:${part['second']}`;
    case 'short': return short;
    case 'day': return day;
  }
}

/** As short as it is clear: without the year where it is this one. */
export function near(time: string | number, zone: string, now: number): string {
  const date = moment(time, zone, 'date');
  return `${date.slice(0, 4) === moment(now, zone, 'date').slice(0, 4) ? moment(time, zone, 'day') : date} ${moment(time, zone, 'short')}`;
}

/** How long ago, or how far ahead, in the words of the control room. */
export function relative(time: string | number, now: number, language: Language): string {
  const seconds = (now - new Date(time).getTime()) / 1000;
  if (Number.isNaN(seconds)) return '–';
  if (Math.abs(seconds) < 5) return language === 'zh' ? '刚刚' : 'just now';
  const span = coarse(Math.abs(seconds), language);
  if (seconds >= 0) return language === 'zh' ? `${span}前` : `${span} ago`;
  return language === 'zh' ? `${span}后` : `in ${span}`;
}

function coarse(seconds: number, language: Language): string {
  if (seconds < 60) return duration(Math.floor(seconds), language);
  if (seconds < 3600) return duration(Math.floor(seconds / 60) * 60, language).replace('分', language === 'zh' ? '分钟' : '分');
  if (seconds < 86_400) return duration(Math.floor(seconds / 3600) * 3600, language);
  return duration(Math.floor(seconds / 86_400) * 86_400, language);
}

/** The zone's offset as it is written: UTC+08:00. */
export function offset(zone: string, now: number): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone: knownZone(zone), timeZoneName: 'longOffset' }).formatToParts(now);
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  return name.replace('GMT', 'UTC').replace('UTC+00:00', 'UTC');
}
