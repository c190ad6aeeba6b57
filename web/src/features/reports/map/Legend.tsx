import type { MapRegion } from '../../../api/incidents';
import { useWords } from '../../../context/preferences';
import { bandIcon } from '../../../ui/icons';
import { bands } from './drawing';

/** The five colours with their shapes, and how many regions have each. */
export function Legend({ regions }: { regions: MapRegion[] }) {
  const { t } = useWords();
  return <span className="legend map-legend">{bands.map((band) => <span key={band} className="mark" title={t(`map.band.${band}`)}><i className={`mark tone-${band}`}>{bandIcon[band]}</i><span><span className="word">{t(`band.${band}`)} </span><b>{regions.filter((one) => one.band === band).length}</b></span></span>)}</span>;
}
