import { CompressOutlined, MinusOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Trace } from '../../api/trace';
import { useWords } from '../../context/preferences';
import { number } from '../../format/numbers';
import { Empty } from '../../ui/waiting';
import type { OutlineFeature } from '../reports/map/outlines';
import { outlinesBelow } from '../reports/map/useDrawing';
import { partiesOf } from './parties';
import { frameOf, labels, placeNames, scaleBar, spread, stopsOf, type Dot, type Frame, type Leg, type Stop } from './places';
import { useZoom } from './useZoom';
import { through } from './zoom';

interface Size { width: number; height: number }

function useSize(): [React.RefObject<HTMLDivElement | null>, Size | null] {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => { if (element.clientWidth > 0 && element.clientHeight > 0) setSize({ width: element.clientWidth, height: element.clientHeight }); });
    observer.observe(element);
    return () => { observer.disconnect(); };
  }, []);
  return [box, size];
}

function outline(feature: OutlineFeature, frame: Frame): string {
  const polygons = feature.geometry.type === 'Polygon' ? [feature.geometry.coordinates] : feature.geometry.coordinates;
  return polygons.flat().map((ring) => `M${ring.map(([lon = 0, lat = 0]) => { const { x, y } = frame.place({ lon, lat }); return `${x.toFixed(1)} ${y.toFixed(1)}`; }).join('L')}Z`).join('');
}

/** Bent a little, so that the way there and the way back are two lines. */
function bow(from: { x: number; y: number }, to: { x: number; y: number }): string {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  return `M${from.x} ${from.y}Q${(from.x + to.x) / 2 - dy * 0.12} ${(from.y + to.y) / 2 + dx * 0.12} ${to.x} ${to.y}`;
}

function Legs({ legs, dots, colourOf }: { legs: Leg[]; dots: Map<string, Dot>; colourOf: (party: string) => string }) {
  return legs.map((leg) => {
    const [from, to] = [dots.get(leg.from), dots.get(leg.to)];
    if (from === undefined || to === undefined) return null;
    return <path key={`${leg.from} ${leg.to}`} className="leg" d={bow(from, to)} markerEnd="url(#trace-arrow)" style={{ stroke: colourOf(leg.party), strokeWidth: leg.times > 1 ? 2.4 : 1.6 }} data-testid="trace-leg" />;
  });
}

const longest = 160;
/** Below the stops there is room for the bar. */
const foot = 24;

/** As far in as a metre is so many pixels, where a works fills the window; and always so many times. */
const finest = 0.5;
const least = 4;

function ScaleBar({ metre, height }: { metre: number; height: number }) {
  const { language } = useWords();
  const { metres, pixels } = scaleBar(metre, longest);
  return <g className="scale" transform={`translate(16,${height - 10})`}><path d={`M0 -5V0H${pixels}V-5`} /><text x={pixels + 6} y="0">{metres >= 1000 ? `${number(metres / 1000, language)} km` : `${number(metres, language)} m`}</text></g>;
}

/** What the buttons take of the picture, three below each other, and the bar with its words. */
const corners = ({ width, height }: Size) => [{ left: width - 40, right: width, top: 0, bottom: 92 }, { left: 0, right: longest + 72, top: height - foot, bottom: height }];

function Tools({ zoom }: { zoom: ReturnType<typeof useZoom> }) {
  const { t } = useWords();
  const button = (name: 'in' | 'out' | 'whole', icon: ReactNode, onClick: () => void, disabled: boolean) => <Button size="small" icon={icon} onClick={onClick} disabled={disabled} title={t(`trace.map.${name}`)} aria-label={t(`trace.map.${name}`)} data-testid={`map-zoom-${name}`} />;
  return <div className="map-tools" onPointerDown={(event) => { event.stopPropagation(); }}>{button('in', <PlusOutlined />, zoom.zoomIn, zoom.isMost)}{button('out', <MinusOutlined />, zoom.zoomOut, zoom.isWhole)}{button('whole', <CompressOutlined />, zoom.reset, zoom.isWhole)}</div>;
}

interface Props { trace: Trace; chosen: string; shown: string | null; onChoose: (place: string | null) => void }

/** The stops and ways of a trace; zoomed in, what lay on each other comes apart. */
function Picture({ trace, chosen, shown, onChoose, stops, legs }: Props & { stops: Stop[]; legs: Leg[] }) {
  const { t } = useWords();
  const [box, size] = useSize();
  // Where somebody loaded any, the largest regions lie around the stops.
  const ground = useQuery(outlinesBelow('root')).data?.features;
  const nameOf = useMemo(() => placeNames(trace.places), [trace.places]);
  const parties = useMemo(() => partiesOf(trace), [trace]);
  const frame = useMemo(() => (size === null ? null : frameOf(stops, size.width, size.height - foot)), [size, stops]);
  const land = useMemo(() => (frame === null ? '' : (ground ?? []).map((feature) => outline(feature, frame)).join('')), [ground, frame]);
  const places = useMemo(() => (frame === null ? [] : stops.map(frame.place)), [frame, stops]);
  const zoom = useZoom(box, size, frame === null ? 1 : Math.max(least, finest / frame.metre), places[stops.findIndex((stop) => stop.id === (chosen === '' ? shown : chosen))]);
  const { scale, x, y } = zoom.view;
  const dots = useMemo(() => spread(places.map((place) => through({ scale, x, y }, place))), [places, scale, x, y]);
  const names = useMemo(() => (size === null ? [] : labels(dots, stops.map((stop) => nameOf(stop.id, stop.party)), size.width, size.height, corners(size))), [dots, stops, nameOf, size]);
  const colourOf = (party: string) => parties.find((one) => one.id === party)?.colour ?? 'var(--quiet)';
  const dotOf = new Map(stops.flatMap((stop, index) => { const dot = dots[index]; return dot === undefined ? [] : [[stop.id, dot] as const]; }));
  const pick = (id: string) => { onChoose(chosen === id ? null : id); };
  const onKey = (event: KeyboardEvent, id: string) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); pick(id); } };
  return (
    <div className="trace-picture">
      <div ref={box} className={zoom.isWhole ? 'trace-map' : 'trace-map zoomed'} tabIndex={0} role="group" aria-label={t('trace.map.keys')} data-testid="trace-map" data-scale={scale.toFixed(2)} {...zoom.handlers}>
        {frame !== null && size !== null && (
          <svg width={size.width} height={size.height} role="group" aria-label={t('trace.map')}>
            <defs><marker id="trace-arrow" viewBox="0 0 8 8" refX="15" refY="4" markerWidth="7" markerHeight="7" orient="auto" markerUnits="userSpaceOnUse"><path d="M0 0L8 4L0 8Z" fill="var(--quiet)" /></marker></defs>
            <path className="land" d={land} transform={`translate(${x} ${y}) scale(${scale})`} />
            <Legs legs={legs} dots={dotOf} colourOf={colourOf} />
            {stops.map((stop, index) => {
              const [dot, label] = [dots[index], names[index]];
              if (dot === undefined || label === undefined) return null;
              const word = `${nameOf(stop.id, stop.party)} · ${t('trace.map.events', { count: stop.events })}`;
              const isMarked = chosen === stop.id || shown === stop.id;
              return (
                <g key={stop.id} className={isMarked ? 'stop chosen' : 'stop'} role="button" tabIndex={0} aria-label={word} aria-pressed={chosen === stop.id} data-testid="trace-stop" data-id={stop.id} onClick={() => { pick(stop.id); }} onKeyDown={(event) => { onKey(event, stop.id); }}>
                  <title>{word}</title>
                  <circle cx={dot.x} cy={dot.y} r="9" style={{ fill: colourOf(stop.party) }} /><text className="order" x={dot.x} y={dot.y + 4}>{index + 1}</text>
                  {(label.shown || isMarked) && <text className="name" x={label.x} y={label.y} textAnchor={label.anchor}>{nameOf(stop.id, stop.party)}</text>}
                </g>
              );
            })}
            <ScaleBar metre={frame.metre * scale} height={size.height} />
          </svg>
        )}
        <Tools zoom={zoom} />
      </div>
      <div className="trace-legend">{parties.map((party) => <span key={party.id} className="mark"><i className="dot" style={{ background: party.colour }} /><span>{party.name}</span></span>)}</div>
    </div>
  );
}

/** Where the objects of a trace were, in the order of time, coloured by whose events say it. A place that is clicked chooses what was there; `shown` is that of an event that stands open. */
export function TraceMap(props: Props) {
  const { t } = useWords();
  const { stops, legs } = useMemo(() => stopsOf(props.trace), [props.trace]);
  return stops.length === 0 ? <Empty title={t('trace.map.none')} help={t('trace.map.none.help')} /> : <Picture key={`${props.trace.root} ${props.trace.direction}`} {...props} stops={stops} legs={legs} />;
}
