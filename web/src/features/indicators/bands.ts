import type { Lineage } from '../../api/types';

/** Where the best band asks for little, as of scrap, more is worse. */
export function risingIsWorse(bands: Lineage['bands']): boolean {
  const best = bands.find((band) => band.band === 'green') ?? bands[0];
  return best !== undefined && best.when.trim().startsWith('<');
}
