import type { CSSProperties, KeyboardEvent } from 'react';
import type { Severity } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { bandIcon } from '../../../ui/icons';
import type { Drawing, Pinned, Shape } from './drawing';

interface Props {
  drawing: Drawing;
  bandOf: (id: string) => Severity | null;
  incidentsOf: (id: string) => Pinned[];
  countOf: (id: string) => number;
  fullName: (id: string) => string;
  chosen: string | null;
  onChoose: (id: string) => void;
  onOpen: (incident: Pinned) => void;
}

/** More pins than this in one region are told by their number. */
const mostPins = 3;
const pin = 17;

function Pins({ shape, band, incidents, count, y, onOpen }: { shape: Shape; band: Severity | null; incidents: Pinned[]; count: number; y: number; onOpen: (incident: Pinned) => void }) {
  const shown = count > mostPins ? incidents.slice(0, 1) : incidents;
  const told = count > shown.length;
  const bare = shown.length === 0 && band !== null;
  const width = Math.max(shown.length, bare ? 1 : 0) * (pin + 3) - 3 + (told ? 9 * String(count).length + 4 : 0);
  return (
    <>
      {shown.map((incident, index) => (
        <g key={incident.id} transform={`translate(${shape.x - width / 2 + index * (pin + 3)},${y}) scale(${pin / 16})`} className="pin" data-testid="map-pin" data-id={incident.id} onClick={() => { onOpen(incident); }}>
          <title>{incident.title}</title><rect x="-2" y="-3" width="20" height="22" fill="transparent" />{bandIcon[incident.severity]}
        </g>
      ))}
      {bare && <g transform={`translate(${shape.x - width / 2},${y}) scale(${pin / 16})`}>{bandIcon[band]}</g>}
      {told && <text x={shape.x - width / 2 + Math.max(shown.length, 1) * (pin + 3) + 1} y={y + pin - 2} className="count">{count}</text>}
    </>
  );
}

/** Regions in five colours. What is grave is filled, what is calm is only tinted, and every colour has its shape. */
export function RegionMap({ drawing, bandOf, incidentsOf, countOf, fullName, chosen, onChoose, onOpen }: Props) {
  const { t } = useWords();
  const { place } = drawing;
  const onKey = (event: KeyboardEvent, id: string) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); onChoose(id); } };
  return (
    <svg className="region-map" viewBox={drawing.box.join(' ')} role="group" aria-label={t('map.title')} data-testid="region-map">
      {drawing.shapes.map((shape) => {
        const band = bandOf(shape.id);
        const word = `${fullName(shape.id)} · ${band === null ? t('band.none') : t(`map.band.${band}`)} · ${t('incidents.count', { count: countOf(shape.id) })}`;
        return <path key={shape.id} className={`region ${band ?? 'none'}`} d={shape.d} role="button" tabIndex={0} aria-label={word} aria-pressed={chosen === shape.id} data-testid="map-region" data-id={shape.id} data-band={band ?? ''} onClick={() => { onChoose(shape.id); }} onKeyDown={(event) => { onKey(event, shape.id); }}><title>{word}</title></path>;
      })}
      <path className="thin" d={drawing.thin} /><path className="thick" d={drawing.thick} />
      {drawing.shapes.filter((shape) => shape.id === chosen).map((shape) => <path key={shape.id} className="ring" d={shape.edge} />)}
      {drawing.shapes.map((shape) => {
        const band = bandOf(shape.id);
        const here = incidentsOf(shape.id);
        const pinned = place === undefined ? here : here.filter((one) => one.position === null);
        const count = place === undefined ? countOf(shape.id) : pinned.length;
        return (
          <g key={shape.id} className={`region-label ${band ?? 'none'}`}>
            <text x={shape.x} y={shape.y + shape.size * 0.36 - (count > 0 ? shape.size * 0.42 : 0)} style={{ fontSize: shape.size } as CSSProperties}>{shape.name}</text>
            {count > 0 && <Pins shape={shape} band={band} incidents={pinned} count={count} y={shape.y + shape.size * 0.22} onOpen={onOpen} />}
          </g>
        );
      })}
      {place !== undefined && drawing.shapes.flatMap((shape) => incidentsOf(shape.id)).map((incident) => {
        if (incident.position === null) return null;
        const { x, y } = place(incident.position);
        return <g key={incident.id} transform={`translate(${x - 11},${y - 11}) scale(1.4)`} className={`pin free tone-${incident.severity}`} data-testid="map-pin" data-id={incident.id} onClick={() => { onOpen(incident); }}><title>{incident.title}</title>{bandIcon[incident.severity]}</g>;
      })}
    </svg>
  );
}
