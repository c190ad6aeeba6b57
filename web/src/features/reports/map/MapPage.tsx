import { Breadcrumb, Segmented } from 'antd';
import { useState } from 'react';
import type { MapRegion } from '../../../api/incidents';
import { useWords } from '../../../context/preferences';
import { useStill } from '../../../context/settled';
import { useOpen } from '../../../ui/open';
import { ProblemView } from '../../../ui/problem';
import { Empty, Waiting } from '../../../ui/waiting';
import { known } from '../../../i18n/translate';
import { useIncidentType } from '../useTypes';
import { Explain } from './Explain';
import { Legend } from './Legend';
import { MapTime } from './MapTime';
import { RegionMap } from './RegionMap';
import { bands } from './drawing';
import { useHistory } from './useHistory';
import { useMap, usePast, useWhere } from './useMap';

/** Regions in five colours, now and in the last weeks; a region opens into its parts. */
export function MapPage() {
  const { t } = useWords();
  const { open } = useOpen();
  const type = useIncidentType(undefined)?.id;
  const { within, levels, kind, go, setKind } = useWhere(true);
  const history = useHistory(type, within, kind);
  const [step, setStep] = useState<number | null>(null);
  const moment = step === null || history.data === undefined ? undefined : history.timeOf(step);
  const asked = useStill(moment, 250);
  const map = useMap(type, within, kind);
  const then = usePast(type, within, kind, asked === moment ? moment : undefined);
  const [chosen, choose] = useState<string | null>(null);
  const past = step !== null && history.data !== undefined;
  const bandOf = (id: string) => past ? bands[Number(history.data?.regions[id]?.[step] ?? 4)] ?? null : map.regions.get(id)?.band ?? null;
  const now = chosen === null ? undefined : map.regions.get(chosen);
  const shown = past && chosen !== null ? then?.regions.get(chosen) : now;
  const countOf = (id: string) => { const figures = then?.regions.get(id)?.figures; return figures === undefined ? 0 : figures.red + figures.orange + figures.yellow + figures.blue; };
  const path: { id: string; name: string }[] = [];
  for (let at = map.place.byId.get(within); at !== undefined && path.length < 8; at = map.place.byId.get(at.parent ?? '')) path.unshift({ id: at.id, name: at.name });
  const levelName = (one: string) => { const key = `regions.kind.${one}`; return known(key) ? t(key) : one; };
  const coloured: MapRegion[] = past ? [...map.regions.values()].map((one) => ({ ...one, band: bandOf(one.region) ?? 'green' })) : [...map.regions.values()];
  const into = now === undefined ? [] : map.place.below(now.region).filter((one) => one.parent === now.region);
  return (
    <div className="map-page" data-testid="map-page">
      <div className="row wrap">
        <Breadcrumb items={path.map((one) => ({ title: <button type="button" className="link" onClick={() => { go(one.id === path[0]?.id ? null : one.id); choose(null); }} data-testid="map-crumb">{one.name}</button> }))} />
        {levels.length > 1 && <Segmented value={kind} onChange={(value: string) => { setKind(value); choose(null); }} options={levels.map((one) => ({ value: one, label: <span data-testid={`map-level-${one}`}>{levelName(one)}</span> }))} />}
        <span className="grow" /><Legend regions={coloured} />
      </div>
      <div className="map-area">
        <div className="map-box">
          {map.error !== null && map.regions.size === 0 && <ProblemView error={map.error} retry={map.retry} />}
          {map.loading && map.drawing === null && <Waiting />}
          {map.drawing === null && !map.loading && map.error === null && <Empty title={t('map.none')} help={t('map.none.help')} />}
          {map.drawing !== null && <RegionMap drawing={map.drawing} bandOf={bandOf} incidentsOf={(id) => (past ? then?.incidents : map.incidents)?.get(id) ?? []} countOf={past ? countOf : map.countOf} fullName={(id) => map.place.byId.get(id)?.name ?? id} chosen={chosen} onChoose={choose} onOpen={(incident) => { open('incident', incident.id); }} />}
        </div>
        {now !== undefined && <aside className="map-why">{shown === undefined ? <Waiting rows={3} /> : <Explain region={shown} type={type} past={past ? then?.incidents.get(shown.region) ?? [] : undefined} onClose={() => { choose(null); }} drill={into.length > 0 && <button type="button" className="link small" onClick={() => { go(shown.region); setKind(null); choose(null); }} data-testid="map-drill">{t('map.drill', { name: shown.name, count: into.length })}</button>} />}</aside>}
      </div>
      <MapTime history={history} step={step} onStep={setStep} />
    </div>
  );
}
