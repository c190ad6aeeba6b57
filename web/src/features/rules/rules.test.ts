import { describe, expect, test } from 'vitest';
import { folded } from '../../format/expression';
import { isOwn, ownValues } from './parameters/own';
import { stateOf } from './suppressing/stateOf';

describe('a time for which alarms are held back', () => {
  const one = { from: '2026-01-05T08:00:00Z', to: '2026-01-05T12:00:00Z', endedAt: null };
  test.each([
    ['2026-01-05T07:59:59Z', 'planned'], ['2026-01-05T08:00:00Z', 'standing'], ['2026-01-05T11:59:59Z', 'standing'], ['2026-01-05T12:00:00Z', 'over'],
  ])('at %s it is %s', (now, state) => { expect(stateOf(one, Date.parse(now))).toBe(state); });
  test('ended by a person it stays ended', () => { expect(stateOf({ ...one, endedAt: '2026-01-05T09:00:00Z' }, Date.parse('2026-01-05T10:00:00Z'))).toBe('ended'); });
});

describe('a parameter in a condition', () => {
  test.each([
    ['temperature > hot', 'temperature > hot__0', [65]], ['temperature < hot - 7.0', 'temperature < hot__0', [58]], ['temperature > hot + 2.5 || temperature > hot', 'temperature > hot__0 || temperature > hot__1', [67.5, 65]],
    ['temperature > hot - 2.0 * spread', 'temperature > hot__0 - 2.0 * spread', [65]], ["state == 'hotter'", "state == 'hotter'", []],
  ])('%s is read with what it is', (expression, text, values) => {
    const told = folded(expression, { hot: 65 });
    expect(told.expression).toBe(text);
    expect(Object.values(told.values).map((one) => one.value)).toEqual(values);
  });
});

describe('thresholds of a thing', () => {
  test('are its own where they differ from the rule', () => {
    expect(isOwn({ value: 70, default: 65 })).toBe(true);
    expect(isOwn({ value: 65, default: 65 })).toBe(false);
  });
  test('only what differs is sent', () => {
    expect(ownValues([{ id: 'hot', default: 65 }, { id: 'cold', default: 10 }, { id: 'most', default: 3 }], { hot: 70, cold: 10, most: null })).toEqual({ hot: 70 });
  });
});
