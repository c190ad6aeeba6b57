import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent, type MouseEvent, type PointerEvent, type RefObject } from 'react';
import type { Dot } from './places';
import { held, moved, whole, zoomed, type View } from './zoom';

interface Size { width: number; height: number }

/** A press of a button, and a step of a wheel whose steps are of 100 pixels. */
const step = 1.5;
const wheel = Math.log(step) / 100;
/** A key of an arrow moves so far; a finger that moves less has tapped. In pixels. */
const stride = 80;
const still = 4;

const arrows: Record<string, Dot> = { ArrowLeft: { x: stride, y: 0 }, ArrowRight: { x: -stride, y: 0 }, ArrowUp: { x: 0, y: stride }, ArrowDown: { x: 0, y: -stride } };
const middle = (dots: Dot[]): Dot => ({ x: dots.reduce((sum, dot) => sum + dot.x, 0) / dots.length, y: dots.reduce((sum, dot) => sum + dot.y, 0) / dots.length });
const apart = ([a, b]: Dot[]) => (a === undefined || b === undefined ? 1 : Math.max(1, Math.hypot(a.x - b.x, a.y - b.y)));

/** Zooms and moves a picture by wheel, drag, pinch and keys. What is chosen stays in sight, and zooming by key or button keeps it where it is. */
export function useZoom(box: RefObject<HTMLElement | null>, size: Size | null, most: number, chosen: Dot | undefined) {
  const [asked, ask] = useState<View>(whole);
  const window = size ?? { width: 1, height: 1 };
  const view = held(asked, window, chosen);
  const fingers = useRef(new Map<number, Dot>());
  const begun = useRef<Dot | null>(null);

  const change = (next: (before: View) => View) => { ask((before) => held(next(held(before, window, chosen)), window, chosen)); };
  const zoom = (factor: number, at?: Dot) => {
    const shown = chosen === undefined ? { x: window.width / 2, y: window.height / 2 } : { x: chosen.x * view.scale + view.x, y: chosen.y * view.scale + view.y };
    change((before) => zoomed(before, factor, at ?? shown, most));
  };
  const reset = () => { ask(whole); };
  const place = (event: { clientX: number; clientY: number }): Dot => {
    const edge = box.current?.getBoundingClientRect();
    return { x: event.clientX - (edge?.left ?? 0), y: event.clientY - (edge?.top ?? 0) };
  };

  // React listens to wheels passively: the page would scroll as well.
  const onWheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault();
    const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 33 : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? 300 : 1);
    zoom(Math.exp(-pixels * wheel), place(event));
  });
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const listener = (event: WheelEvent) => { onWheel(event); };
    element.addEventListener('wheel', listener, { passive: false });
    return () => { element.removeEventListener('wheel', listener); };
  }, [box]);

  const lift = (event: PointerEvent) => { fingers.current.delete(event.pointerId); };
  const handlers = {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      fingers.current.set(event.pointerId, place(event));
      begun.current = place(event);
    },
    onPointerMove: (event: PointerEvent) => {
      if (event.buttons === 0) fingers.current.delete(event.pointerId);
      if (!fingers.current.has(event.pointerId) || begun.current === null) return;
      const before = [...fingers.current.values()];
      const now = place(event);
      if (before.length === 1 && !event.currentTarget.hasPointerCapture(event.pointerId) && Math.hypot(now.x - begun.current.x, now.y - begun.current.y) < still) return;
      // From now on it is no click on what lies below.
      event.currentTarget.setPointerCapture(event.pointerId);
      fingers.current.set(event.pointerId, now);
      const after = [...fingers.current.values()];
      const [from, to] = [middle(before), middle(after)];
      change((shown) => zoomed(moved(shown, { x: to.x - from.x, y: to.y - from.y }), apart(after) / apart(before), to, most));
    },
    onPointerUp: lift,
    onPointerCancel: lift,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const by = arrows[event.key];
      if (event.key === '+' || event.key === '=') zoom(step);
      else if (event.key === '-') zoom(1 / step);
      else if (event.key === '0') reset();
      else if (by !== undefined) change((shown) => moved(shown, by));
      else return;
      event.preventDefault();
    },
    onDoubleClick: (event: MouseEvent) => { if ((event.target as Element).closest('[role=button], button') === null) reset(); },
  };
  return { view, handlers, reset, zoomIn: () => { zoom(step); }, zoomOut: () => { zoom(1 / step); }, isWhole: view.scale === 1, isMost: view.scale >= most };
}
