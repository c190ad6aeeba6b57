import { segment } from '../../api/client';

/** Long enough to read a board from three metres. */
export const rotationSeconds = 20;

export function wallAddress(views: string[]): string {
  const [first = '', ...others] = views;
  return `/wall/${segment(first)}${others.length === 0 ? '' : `?rotate=${views.map(segment).join(',')}`}`;
}

/** The board after this one; null where there is nothing to turn to. */
export function nextBoard(current: string, rotate: string): string | null {
  const views = rotate.split(',').filter((view) => view !== '');
  if (views.length < 2) return null;
  return views[(views.indexOf(current) + 1) % views.length] ?? null;
}
