import type { Dot } from './places';

/** How a picture is enlarged and moved: what is at a point of it stands at that point times the scale, plus x and y. */
export interface View { scale: number; x: number; y: number }
interface Size { width: number; height: number }

export const whole: View = { scale: 1, x: 0, y: 0 };

/** What is chosen stays at least so far inside the window; in pixels. */
const margin = 24;

export const through = (view: View, dot: Dot): Dot => ({ x: dot.x * view.scale + view.x, y: dot.y * view.scale + view.y });

export const moved = (view: View, by: Dot): View => ({ ...view, x: view.x + by.x, y: view.y + by.y });

/** Enlarged by a factor, up to a scale; what is under a point of the window stays under it. */
export function zoomed(view: View, factor: number, at: Dot, most: number): View {
  const scale = Math.min(Math.max(view.scale * factor, 1), most);
  const grown = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * grown, y: at.y - (at.y - view.y) * grown };
}

function between(value: number, scale: number, length: number, chosen: number | undefined): number {
  const [least, most] = [length * (1 - scale), 0];
  if (chosen === undefined) return Math.min(Math.max(value, least), most);
  return Math.min(Math.max(value, least, margin - chosen * scale), most, length - margin - chosen * scale);
}

/** The nearest view in which the picture fills its window and what is chosen is in sight. */
export function held(view: View, { width, height }: Size, chosen?: Dot): View {
  return { scale: view.scale, x: between(view.x, view.scale, width, chosen?.x), y: between(view.y, view.scale, height, chosen?.y) };
}
