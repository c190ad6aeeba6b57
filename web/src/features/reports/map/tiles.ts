import type { Drawing, Shape } from './drawing';

/** Column and row of a hexagon; odd rows stand half a tile to the right. */
export type Tile = readonly [column: number, row: number];
/** A tile, the region that it is drawn for, and the region around whose tiles the thick line runs. */
export interface Cell { tile: Tile; shape: string; border: string }

const radius = 40;
const width = Math.sqrt(3) * radius;
const edge = 6;

const centre = ([column, row]: Tile) => ({ x: width * (column + (row % 2 === 1 ? 0.5 : 0)), y: 1.5 * radius * row });
const corner = (tile: Tile, index: number) => {
  const { x, y } = centre(tile);
  const angle = (Math.PI / 3) * index - Math.PI / 2;
  return `${(x + radius * Math.cos(angle)).toFixed(1)} ${(y + radius * Math.sin(angle)).toFixed(1)}`;
};

/** The neighbours over the six edges, clockwise from the upper right. */
export function neighbours([column, row]: Tile): Tile[] {
  const shift = row % 2 === 1 ? 1 : 0;
  return [[column + shift, row - 1], [column + 1, row], [column + shift, row + 1], [column + shift - 1, row + 1], [column - 1, row], [column + shift - 1, row - 1]];
}

/** Regions that have no tile of their own stand in rows below those that have. */
export function withTiles(ids: string[], known: Record<string, Tile>): Map<string, Tile> {
  const placed = new Map<string, Tile>(ids.flatMap((id) => { const tile = known[id]; return tile === undefined ? [] : [[id, tile] as const]; }));
  const rest = ids.filter((id) => !placed.has(id));
  const top = placed.size === 0 ? 0 : Math.max(...[...placed.values()].map(([, row]) => row)) + 2;
  const left = placed.size === 0 ? 0 : Math.min(...[...placed.values()].map(([column]) => column));
  const columns = placed.size === 0 ? Math.ceil(Math.sqrt(rest.length)) : 12;
  rest.forEach((id, index) => placed.set(id, [left + (index % columns), top + Math.floor(index / columns)]));
  return placed;
}

/** As many characters as stand in a tile are as large as it lets them. */
const sizeFor = (name: string, wide: boolean) => Math.min(26, ((wide ? 2 : 1) * 58) / Math.max(2, [...name].reduce((sum, sign) => sum + (sign.charCodeAt(0) < 256 ? 0.56 : 1), 0)));

/** A name stands in the middle of its tiles: across two neighbours of a row where there are such, else in one. */
function labelAt(name: string, tiles: Tile[]): { x: number; y: number; size: number } {
  const centres = tiles.map(centre);
  const mean = { x: centres.reduce((sum, one) => sum + one.x, 0) / centres.length, y: centres.reduce((sum, one) => sum + one.y, 0) / centres.length };
  const pairs = centres.flatMap((one) => centres.filter((other) => other.y === one.y && Math.abs(other.x - one.x - width) < 1).map((other) => ({ x: (one.x + other.x) / 2, y: one.y })));
  const far = (one: { x: number; y: number }) => Math.hypot(one.x - mean.x, one.y - mean.y);
  const best = (pairs.length > 0 ? pairs : centres).reduce((nearest, one) => (far(one) < far(nearest) ? one : nearest));
  return { ...best, size: sizeFor(name, pairs.length > 0) };
}

/** Equal-area tiles: a county is as easy to see as a province's largest. */
export function tileDrawing(cells: Cell[], nameOf: (id: string) => string): Drawing {
  const at = new Map(cells.map((cell) => [cell.tile.join(), cell]));
  let [thin, thick] = ['', ''];
  const edges = new Map<string, string>();
  for (const cell of cells) {
    neighbours(cell.tile).forEach((tile, index) => {
      const other = at.get(tile.join());
      if (other?.shape === cell.shape) return;
      const line = `M${corner(cell.tile, index)}L${corner(cell.tile, index + 1)}`;
      edges.set(cell.shape, (edges.get(cell.shape) ?? '') + line);
      if (other?.border === cell.border) thin += line;
      else thick += line;
    });
  }
  const centres = cells.map((cell) => centre(cell.tile));
  const left = Math.min(...centres.map(({ x }) => x)) - width / 2 - edge;
  const top = Math.min(...centres.map(({ y }) => y)) - radius - edge;
  const shapes: Shape[] = [...new Set(cells.map((cell) => cell.shape))].map((id) => {
    const tiles = cells.filter((cell) => cell.shape === id).map((cell) => cell.tile);
    const d = tiles.map((tile) => `M${[0, 1, 2, 3, 4, 5].map((index) => corner(tile, index)).join('L')}Z`).join('');
    return { id, name: nameOf(id), d, edge: edges.get(id) ?? '', ...labelAt(nameOf(id), tiles) };
  });
  return { box: [left, top, Math.max(...centres.map(({ x }) => x)) + width / 2 + edge - left, Math.max(...centres.map(({ y }) => y)) + radius + edge - top], shapes, thin, thick };
}
