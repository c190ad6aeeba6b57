import dayjs, { type Dayjs } from 'dayjs';
import type { Rota } from '../../api/types';

export interface Shift { id?: string; name: string; time: [Dayjs, Dayjs]; teams: string[][] }
export interface RotaValues { name: string; party: string; region: string; role: string; start: Dayjs; days: number; shifts: Shift[] }

const clock = 'HH:mm';
export const at = (time: string) => dayjs(`2000-01-01T${time.slice(0, 5)}:00`);

export function valuesOf(rota: Rota): RotaValues {
  return { ...rota, start: dayjs(rota.start), shifts: rota.shifts.map((shift) => ({ id: shift.id, name: shift.name, time: [at(shift.from), at(shift.to)], teams: shift.teams })) };
}

/** What is sent: shifts keep their ids, and new ones get the first that is free. */
export function bodyOf(values: RotaValues): Omit<Rota, 'id' | 'zone' | 'version'> {
  const taken = new Set(values.shifts.flatMap((shift) => shift.id ?? []));
  const free = () => { let number = 1; while (taken.has(`s${number}`)) number += 1; taken.add(`s${number}`); return `s${number}`; };
  return {
    name: values.name, party: values.party, region: values.region, role: values.role, start: values.start.format('YYYY-MM-DD'), days: values.days,
    shifts: values.shifts.map((shift) => ({ id: shift.id ?? free(), name: shift.name, from: shift.time[0].format(clock), to: shift.time[1].format(clock), teams: shift.teams.filter((team) => team.length > 0) })),
  };
}
