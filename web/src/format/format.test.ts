import { describe, expect, test } from 'vitest';
import { duration, parseDuration } from './durations';
import { bound, readable } from './expression';
import { bytes, number, percent, tick } from './numbers';
import { moment, near, offset, relative } from './times';
import { unitSign } from './units';

describe('units', () => {
  test.each([
    ['Cel', '°C', '°C'], ['%', '%', '%'], ['s', 's', 's'], ['kW.h', 'kWh', 'kWh'], ['{panel}', '片', 'panels'], ['1', '', ''], ['um', 'µm', 'µm'], ['Ohm', 'Ω', 'Ω'],
    ['{rev}/min', '转/分', 'rev/min'], ['{panel}/h', '片/小时', 'panels/h'], ['m/min', 'm/min', 'm/min'], ['mJ/cm2', 'mJ/cm²', 'mJ/cm²'], ['uS/cm', 'µS/cm', 'µS/cm'], ['A/dm2', 'A/dm²', 'A/dm²'], ['[pH]', 'pH', 'pH'],
  ])('%s is printed as %s in Chinese and %s in English', (code, zh, en) => {
    expect(unitSign(code, 'zh')).toBe(zh);
    expect(unitSign(code, 'en')).toBe(en);
  });
  test('an annotation that nobody named is printed as it stands', () => { expect(unitSign('{widget}', 'zh')).toBe('widget'); });
  test('no unit prints nothing', () => { expect(unitSign(null, 'en')).toBe(''); });
});

describe('numbers', () => {
  test.each([[0, '0'], [7, '7'], [0.123456, '0.123'], [3.14159, '3.14'], [65.4, '65.40'], [123.456, '123.5'], [12345.6, '12,346'], [0.00012, '0.00012'], [-0, '0']])('%d is printed as %s', (value, text) => { expect(number(value, 'en')).toBe(text); });
  test.each([[0.2, '0.2'], [1, '1'], [200, '200'], [0.125, '0.125'], [2.5, '2.5'], [1200.4, '1,200'], [0.00999, '0.00999'], [0.999999, '1']])('beside an axis %d is %s', (value, text) => { expect(tick(value, 'en')).toBe(text); });
  test('a ratio is printed in percent with one decimal', () => { expect(percent(0.81234, 'zh')).toBe('81.2'); });
  test.each([[512, '512 B'], [1536, '1.5 KiB'], [1_073_741_824, '1.0 GiB']])('%d bytes are %s', (value, text) => { expect(bytes(value, 'en')).toBe(text); });
});

describe('durations', () => {
  test.each([[0, '0 秒', '0 s'], [45, '45 秒', '45 s'], [125, '2 分 05 秒', '2 min 05 s'], [1260, '21 分', '21 min'], [3600, '1 小时', '1 h'], [11_100, '3 小时 05 分', '3 h 05 min'], [187_200, '2 天 4 小时', '2 d 4 h'], [-90, '−1 分 30 秒', '−1 min 30 s']])('%d s', (seconds, zh, en) => {
    expect(duration(seconds, 'zh')).toBe(zh);
    expect(duration(seconds, 'en')).toBe(en);
  });
  test.each([['10s', 10], ['2m', 120], ['1h30m', 5400], ['1d', 86_400], ['', null], ['5 min', null]])('a pack\'s %s is %s s', (text, seconds) => { expect(parseDuration(text)).toBe(seconds); });
});

describe('times', () => {
  const now = Date.parse('2026-01-05T08:00:00Z');
  test.each([[2, '刚刚', 'just now'], [30, '30 秒前', '30 s ago'], [200, '3 分钟前', '3 min ago'], [7300, '2 小时前', '2 h ago'], [200_000, '2 天前', '2 d ago'], [-600, '10 分钟后', 'in 10 min']])('%d s ago', (seconds, zh, en) => {
    expect(relative(now - seconds * 1000, now, 'zh')).toBe(zh);
    expect(relative(now - seconds * 1000, now, 'en')).toBe(en);
  });
  test('a moment is shown in the zone asked for', () => {
    expect(moment('2026-01-05T18:30:09Z', 'Asia/Shanghai')).toBe('2026-01-06 02:30:09');
    expect(moment('2026-01-05T18:30:09Z', 'UTC', 'minute')).toBe('01-05 18:30');
    expect(moment('2026-01-05T18:30:09Z', 'Asia/Shanghai', 'day')).toBe('01-06');
  });
  test('midnight is 00, not 24', () => { expect(moment('2026-01-05T00:00:00Z', 'UTC', 'short')).toBe('00:00'); });
  test('an unknown zone is shown as UTC', () => { expect(moment('2026-01-05T00:00:00Z', 'Nowhere/None', 'short')).toBe('00:00'); });
  test('the offset names itself', () => {
    expect(offset('Asia/Shanghai', now)).toBe('UTC+08:00');
    expect(offset('UTC', now)).toBe('UTC');
  });
});

test('a time has its year where that is not this one, by the clock of the zone', () => {
  const now = Date.parse('2026-12-31T16:30:00Z');
  expect(near('2026-12-31T15:59:00Z', 'UTC', now)).toBe('12-31 15:59');
  expect(near('2025-12-31T23:59:00Z', 'UTC', now)).toBe('2025-12-31 23:59');
  // In Shanghai the new year has begun.
  expect(near('2026-12-31T15:59:00Z', 'Asia/Shanghai', now)).toBe('2026-12-31 23:59');
  expect(near('2026-12-31T16:01:00Z', 'Asia/Shanghai', now)).toBe('01-01 00:01');
});

describe('expressions', () => {
  const naming = { name: (id: string) => ({ state: '状态', current: '电流密度' })[id] ?? id, value: (property: string, value: string) => (property === 'state' && value === 'producing' ? '生产' : value) };
  test('a condition is told in words', () => { expect(readable("state == 'producing' && (current < 1.2 || current >= 3.0)", naming, 'zh')).toBe('状态 = 生产 且 (电流密度 < 1.2 或 电流密度 ≥ 3)'); });
  test('a figure that a property is compared with has its unit, and no other has', () => {
    const pressing = { ...naming, name: (id: string) => id, unit: (id: string) => ({ temperature: '°C', pressure: 'kPa' })[id] ?? '' };
    const told = (condition: string) => readable(condition, pressing, 'en');
    expect(told("step == 'dwell' && temperature < 175.0")).toBe('step = dwell and temperature < 175 °C');
    expect(told('(temperature >= 178.0 || pressure > 10)')).toBe('(temperature ≥ 178 °C or pressure > 10 kPa)');
    expect(told('temperature - ambient > 20')).toBe('temperature - ambient > 20');
    expect(told('abs(temperature) > 20')).toBe('abs(temperature) > 20');
    expect(told('temperature > 20 * 3')).toBe('temperature > 20 × 3');
  });
  test('a formula keeps its shape', () => { expect(readable('a * b / c', naming, 'en')).toBe('a × b / c'); });
  test.each([['>= 0.85', '%', '≥ 85 %'], ['< 0.50', '%', '< 50 %'], ['<= 12', 's', '≤ 12']])('bound %s in %s', (when, unit, text) => { expect(bound(when, unit, 'en')).toBe(text); });
});
