import { expect, test } from 'vitest';
import { colourIn, headlineOf, marked, stateOf } from './warning';

test('a headline is made of places, event and colour, and of nothing as long as one lacks', () => {
  expect(headlineOf(['温州市', '台州市'], ' 暴雨', 'red')).toBe('温州市、台州市暴雨红色预警');
  expect(headlineOf(['温州市'], '暴雨', undefined)).toBe('温州市暴雨预警');
  expect(headlineOf([], '暴雨', 'red')).toBe('');
});

test.each([['温州市暴雨红色预警', 'red'], ['解除暴雨预警', null]])('%s names %s', (text, colour) => { expect(colourIn(text)).toBe(colour); });

test('what is simulated is marked, once', () => {
  expect(marked('暴雨', true)).toBe('【模拟】暴雨');
  expect(marked('【模拟】暴雨', true)).toBe('【模拟】暴雨');
  expect(marked('暴雨', false)).toBe('暴雨');
});

const at = (hour: number) => `2026-01-01T0${hour}:00:00Z`;
test.each([
  [at(1), at(5), true, 'inForce'], [at(4), at(5), false, 'coming'], [at(1), at(2), false, 'over'],
  // Taken back within the second that it began in.
  [at(1), at(1), false, 'over'],
  // Taken back before it began.
  [at(5), at(2), false, 'over'],
])('from %s to %s, in force: %s, it is %s', (from, to, inForce, state) => { expect(stateOf({ from, to, inForce, cancels: false }, Date.parse(at(3)))).toBe(state); });

test('what only takes others back is a notice', () => { expect(stateOf({ from: at(1), to: at(1), inForce: false, cancels: true }, Date.parse(at(3)))).toBe('notice'); });
