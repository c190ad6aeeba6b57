import type { Language } from '../i18n/language';

const words = {
  zh: { d: ' 天', h: ' 小时', m: ' 分', s: ' 秒', gap: ' ' },
  en: { d: ' d', h: ' h', m: ' min', s: ' s', gap: ' ' },
} as const;

/** Seconds in the two largest parts that say something: 3 h 05 min, 2 d 4 h, 45 s. */
export function duration(seconds: number, language: Language): string {
  const word = words[language];
  const total = Math.round(Math.abs(seconds));
  const sign = seconds < 0 ? '−' : '';
  if (total < 60) return `${sign}${total}${word.s}`;
  const minutes = Math.floor(total / 60);
  if (minutes < 60) {
    const rest = total % 60;
    return sign + (rest === 0 || minutes >= 10 ? `${minutes}${word.m}` : `${minutes}${word.m}${word.gap}${pad(rest)}${word.s}`);
  }
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return sign + (minutes % 60 === 0 ? `${hours}${word.h}` : `${hours}${word.h}${word.gap}${pad(minutes % 60)}${word.m}`);
  const days = Math.floor(hours / 24);
  return sign + (hours % 24 === 0 ? `${days}${word.d}` : `${days}${word.d}${word.gap}${hours % 24}${word.h}`);
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

/** The duration as a pack writes it (`1h30m`) in seconds; null where it is none. */
export function parseDuration(text: string): number | null {
  const match = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text);
  if (match === null || text === '') return null;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}
