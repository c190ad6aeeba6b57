import { expect, test } from 'vitest';
import type { Rota } from '../../api/types';
import { at, bodyOf, valuesOf } from './rotaValues';

const rota: Rota = {
  id: 'plant', name: 'Plant', party: 'root', region: 'root', role: 'operator', start: '2026-03-02', days: 7, zone: 'Asia/Shanghai', version: 3,
  shifts: [{ id: 's2', name: 'Day', from: '08:00:00', to: '20:00:00', teams: [['wang', 'li'], ['zhao']] }],
};

test('a rota goes through its form unchanged', () => {
  const { name, party, region, role, start, days } = rota;
  expect(bodyOf(valuesOf(rota))).toEqual({ name, party, region, role, start, days, shifts: [{ ...rota.shifts[0], from: '08:00', to: '20:00' }] });
});

test('a new shift gets an id that is free, and teams without people are left out', () => {
  const values = valuesOf(rota);
  const night = { name: 'Night', time: [at('20:00'), at('08:00')] as [typeof values.start, typeof values.start], teams: [['li'], []] };
  expect(bodyOf({ ...values, shifts: [night, ...values.shifts, night] }).shifts.map((shift) => [shift.id, shift.teams.length])).toEqual([['s1', 1], ['s2', 2], ['s3', 1]]);
});
