import { CloseOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { address } from '../../../api/client';
import { useRows } from '../../../api/hooks';
import type { Incident, MapRegion, PastIncident } from '../../../api/incidents';
import { useWords } from '../../../context/preferences';
import { number } from '../../../format/numbers';
import { Band } from '../../../ui/marks';
import { useOpen } from '../../../ui/open';
import { useReal } from '../exercise';
import { useFormula } from '../useFormula';
import { degreeBand } from '../facts';
import { Colour } from '../Marks';

const few = 6;
const degrees = ['warning', 'indicator'];

function Line({ one }: { one: Pick<Incident, 'id' | 'title' | 'severity' | 'risk'> }) {
  const { t } = useWords();
  const { open } = useOpen();
  return <li><button type="button" onClick={() => { open('incident', one.id); }} data-testid="explain-incident"><Colour severity={one.severity} icon /><span className="clip grow" title={one.title}>{one.title}</span><span className="quiet small">{t('incidents.risk.short', { risk: Math.round(one.risk) })}</span></button></li>;
}

function Here({ region, type }: { region: string; type: string | undefined }) {
  const { t } = useWords();
  const rows = useRows<Incident>('/api/incidents', useReal({ type, open: true, region }), { limit: few });
  return (
    <>
      <ul className="ranked why-list">{rows.items.map((one) => <Line key={one.id} one={one} />)}</ul>
      <Link to={address('/incidents', { in: region })} className="small">{t('map.list')}</Link>
    </>
  );
}

/** What was open there at a past moment, with the colour and risk that it had then. */
function Then({ incidents }: { incidents: PastIncident[] }) {
  const { t } = useWords();
  return (
    <>
      <p className="quiet small">{t('map.then', { count: incidents.length })}</p>
      <ul className="ranked why-list" data-testid="map-then">{incidents.slice(0, few).map((one) => <Line key={one.id} one={one} />)}</ul>
      {incidents.length > few && <p className="faint small">{t('reports.upload.more', { count: incidents.length - few })}</p>}
    </>
  );
}

/** Why a region has its colour: the condition that held, and the figures that stand in it. */
export function Explain({ region, type, onClose, past, drill }: { region: MapRegion; type: string | undefined; onClose: () => void; past?: PastIncident[]; drill?: ReactNode }) {
  const { t, language } = useWords();
  const say = useFormula();
  const figures = Object.entries(region.figures);
  return (
    <section className="explain" aria-label={region.name} data-testid="map-explain" data-band={region.band}>
      <header className="row"><b className="grow">{region.name}</b><Band band={region.band} word={t(`map.band.${region.band}`)} /><button type="button" className="side-close" onClick={onClose} aria-label={t('close')} title={t('close')}><CloseOutlined /></button></header>
      <p className="small">{region.when === null ? t('map.why.green') : <><span className="quiet">{t('map.why')}</span> <span title={region.when} data-testid="map-when">{say(region.when)}</span></>}</p>
      <dl className="figures-line">{figures.map(([name, value]) => <div key={name} className={value > 0 ? '' : 'faint'}><dt>{t(`map.figure.${name as keyof MapRegion['figures']}`)}</dt><dd>{!degrees.includes(name) ? number(value, language) : value > 0 ? <Band band={degreeBand(value)} /> : '–'}</dd></div>)}</dl>
      {past === undefined ? <Here region={region.region} type={type} /> : <Then incidents={past} />}
      {drill}
    </section>
  );
}
