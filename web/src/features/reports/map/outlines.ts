import type { LonLat } from '../../../api/incidents';
import type { Outline } from '../../../api/types';
import type { Drawing, Shape } from './drawing';

export interface OutlineFeature extends Outline { properties: { code: string; name: string } }

const polygonsOf = ({ geometry }: Outline) => (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates);

function middle(ring: number[][]): { x: number; y: number; area: number } {
  let [area, x, y] = [0, 0, 0];
  ring.forEach(([ax = 0, ay = 0], index) => {
    const [bx = 0, by = 0] = ring[(index + 1) % ring.length] ?? [];
    const cross = ax * by - bx * ay;
    area += cross; x += (ax + bx) * cross; y += (ay + by) * cross;
  });
  return area === 0 ? { x: ring[0]?.[0] ?? 0, y: ring[0]?.[1] ?? 0, area: 0 } : { x: x / (3 * area), y: y / (3 * area), area: Math.abs(area / 2) };
}

/** Outlines at a scale of a thousand to the larger side; a degree of longitude is shorter by the cosine of the latitude. */
export function outlineDrawing(features: OutlineFeature[], nameOf: (id: string) => string): Drawing & { place: (at: LonLat) => { x: number; y: number } } {
  const corners = features.flatMap((feature) => polygonsOf(feature).flat(2));
  const lats = corners.map(([, lat = 0]) => lat);
  const shrink = Math.cos((((Math.min(...lats) + Math.max(...lats)) / 2) * Math.PI) / 180);
  const [west, north] = [Math.min(...corners.map(([lon = 0]) => lon)), Math.max(...lats)];
  const [wide, high] = [(Math.max(...corners.map(([lon = 0]) => lon)) - west) * shrink, north - Math.min(...lats)];
  const scale = 1000 / Math.max(wide, high, 1e-9);
  const place = ({ lon, lat }: LonLat) => ({ x: (lon - west) * shrink * scale, y: (north - lat) * scale });
  const shapes: Shape[] = features.map((feature) => {
    const rings = polygonsOf(feature).map((polygon) => polygon.map((ring) => ring.map(([lon = 0, lat = 0]) => { const { x, y } = place({ lon, lat }); return [x, y]; })));
    const largest = rings.map((polygon) => middle(polygon[0] ?? [])).reduce((best, one) => (one.area > best.area ? one : best));
    const name = nameOf(feature.properties.code);
    const d = rings.flat().map((ring) => `M${ring.map(([x = 0, y = 0]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`).join('');
    return {
      id: feature.properties.code, name, d, edge: d, x: largest.x, y: largest.y, size: Math.max(9, Math.min(26, (Math.sqrt(largest.area) * 0.9) / Math.max(2, name.length))),
    };
  });
  return { box: [-6, -6, wide * scale + 12, high * scale + 12], shapes, thin: '', thick: shapes.map((shape) => shape.d).join(''), place };
}
