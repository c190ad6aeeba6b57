import { expect, test } from 'vitest';
import { held, moved, through, whole, zoomed } from './zoom';

const size = { width: 400, height: 300 };

test('what is under the pointer stays under it, in and out again', () => {
  const at = { x: 100, y: 50 };
  const twice = zoomed(whole, 2, at, 8);
  expect(twice).toEqual({ scale: 2, x: -100, y: -50 });
  expect(through(twice, at)).toEqual(at);
  expect(zoomed(twice, 0.5, at, 8)).toEqual(whole);
});

test('no further in than the most, no further out than the whole', () => {
  expect(zoomed(whole, 100, { x: 0, y: 0 }, 8).scale).toBe(8);
  expect(zoomed({ scale: 2, x: 0, y: 0 }, 0.1, { x: 0, y: 0 }, 8).scale).toBe(1);
});

test('the picture is not moved out of its window', () => {
  const twice = zoomed(whole, 2, { x: 0, y: 0 }, 8);
  expect(held(moved(twice, { x: 50, y: 70 }), size)).toEqual({ scale: 2, x: 0, y: 0 });
  expect(held(moved(twice, { x: -9000, y: -100 }), size)).toEqual({ scale: 2, x: -400, y: -100 });
  expect(held(moved(whole, { x: 30, y: -30 }), size)).toEqual(whole);
});

test('what is chosen stays in sight, however the picture is moved', () => {
  const chosen = { x: 100, y: 200 };
  for (const by of [{ x: -9000, y: -9000 }, { x: 9000, y: 9000 }, { x: -9000, y: 0 }, { x: 0, y: 0 }]) {
    const at = through(held(moved(zoomed(whole, 4, { x: 399, y: 1 }, 8), by), size, chosen), chosen);
    expect(at.x).toBeGreaterThanOrEqual(24);
    expect(at.x).toBeLessThanOrEqual(376);
    expect(at.y).toBeGreaterThanOrEqual(24);
    expect(at.y).toBeLessThanOrEqual(276);
  }
});
