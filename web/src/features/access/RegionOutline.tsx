import { segment } from '../../api/client';
import { useOne } from '../../api/hooks';
import type { Outline } from '../../api/types';
import { useWords } from '../../context/preferences';

/** A degree of longitude is shorter than one of latitude by the cosine of the latitude. */
function path(polygons: number[][][][]): { d: string; box: string } {
  const all = polygons.flat(2);
  const shrink = Math.cos((Math.max(...all.map(([, lat = 0]) => lat)) + Math.min(...all.map(([, lat = 0]) => lat))) * Math.PI / 360);
  const at = ([lon = 0, lat = 0]: number[]) => [lon * shrink, -lat] as const;
  const xs = all.map((corner) => at(corner)[0]);
  const ys = all.map((corner) => at(corner)[1]);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const size = Math.max(Math.max(...xs) - left, Math.max(...ys) - top, 1e-6);
  const scale = 200 / size;
  const d = polygons.flat().map((ring) => `M${ring.map((corner) => { const [x, y] = at(corner); return `${((x - left) * scale).toFixed(1)} ${((y - top) * scale).toFixed(1)}`; }).join('L')}Z`).join('');
  return { d, box: `-4 -4 ${((Math.max(...xs) - left) * scale + 8).toFixed(1)} ${((Math.max(...ys) - top) * scale + 8).toFixed(1)}` };
}

/** The shape of a region, coarse. */
export function RegionOutline({ id }: { id: string }) {
  const { t } = useWords();
  const outline = useOne<Outline>(`/api/regions/${segment(id)}/outline`, { tolerance: 0.002 }, { stale: Infinity });
  if (outline.isPending) return null;
  if (outline.data === undefined) return <span className="faint">{t('regions.outline.none')}</span>;
  const { geometry } = outline.data;
  const shape = path(geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates);
  return <svg viewBox={shape.box} style={{ maxHeight: 160, maxWidth: '100%' }} role="img" aria-label={t('regions.outline')} data-testid="region-outline"><path d={shape.d} fill="var(--chosen)" stroke="var(--accent)" strokeWidth="1.5" fillRule="evenodd" /></svg>;
}
