import { useState } from 'react';
import { Link } from 'react-router';
import { useWords } from '../../../context/preferences';
import { useOpen } from '../../../ui/open';
import { Panel } from '../../../ui/page';
import { ProblemView } from '../../../ui/problem';
import { Waiting } from '../../../ui/waiting';
import type { WidgetProps } from '../../console/widgets/props';
import { Explain } from '../map/Explain';
import { Legend } from '../map/Legend';
import { RegionMap } from '../map/RegionMap';
import { useMap, useWhere } from '../map/useMap';

/** Where it burns: all regions of the place in scope. A press says why a colour is what it is. */
export function IncidentMap({ widget, wall }: WidgetProps) {
  const { t } = useWords();
  const { open } = useOpen();
  const { within, kind } = useWhere(false);
  const map = useMap(widget.incident, within, kind);
  const [chosen, choose] = useState<string | null>(null);
  const shown = chosen === null ? undefined : map.regions.get(chosen);
  return (
    <Panel title={t('map.title')} tools={<><Legend regions={[...map.regions.values()]} />{!wall && <Link to="/incidents/map">{t('map.open')}</Link>}</>} testId="widget-incident-map" flush>
      <div className="map-box">
        {map.error !== null && map.regions.size === 0 && <ProblemView error={map.error} retry={map.retry} />}
        {map.loading && <Waiting />}
        {map.drawing !== null && <RegionMap drawing={map.drawing} bandOf={(id) => map.regions.get(id)?.band ?? null} incidentsOf={(id) => map.incidents.get(id) ?? []} countOf={map.countOf} fullName={(id) => map.place.byId.get(id)?.name ?? id} chosen={chosen} onChoose={(id) => { choose(id === chosen ? null : id); }} onOpen={(incident) => { open('incident', incident.id); }} />}
        {map.drawing === null && !map.loading && map.error === null && <div className="none">{t('map.none')}</div>}
        {shown !== undefined && !wall && <div className="map-why"><Explain region={shown} type={widget.incident} onClose={() => { choose(null); }} /></div>}
      </div>
    </Panel>
  );
}
