import { PlusOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { lazy, Suspense } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import type { Incident } from '../../../api/incidents';
import { useWords } from '../../../context/preferences';
import { useSession } from '../../../context/session';
import { useUrl } from '../../../context/url';
import { CsvButton, ListOf } from '../../../ui/list';
import { useOpen } from '../../../ui/open';
import { Page } from '../../../ui/page';
import { Sections } from '../../../ui/sections';
import { Waiting } from '../../../ui/waiting';
import { useReal } from '../exercise';
import { useIncidentColumns } from './columns';
import { Filters } from './Filters';
import { HeatTry } from './HeatTry';
import { hottest, latestFirst } from './order';
import { useFilters } from './useFilters';

const MapPage = lazy(() => import('../map/MapPage').then((module) => ({ default: module.MapPage })));
const Warnings = lazy(() => import('../warnings/Warnings').then((module) => ({ default: module.Warnings })));
const Drills = lazy(() => import('../drills/Drills').then((module) => ({ default: module.Drills })));

const sections = ['list', 'map', 'warnings', 'heat', 'drills'] as const;
type Name = (typeof sections)[number];

function Ranking() {
  const { t } = useWords();
  const { open: show, opened } = useOpen();
  const [view, setView] = useUrl('view', 'open');
  const { chosen, choose, query, clear, filtered } = useFilters();
  const open = view !== 'ended';
  const asked = useReal({ open, ...query });
  const columns = useIncidentColumns(open, opened('incident') !== null);
  return (
    <>
      <div className="row wrap">
        <Segmented value={open ? 'open' : 'ended'} onChange={(value: string) => { setView(value); }} options={[{ value: 'open', label: <span data-testid="incidents-open">{t('incidents.open')}</span> }, { value: 'ended', label: <span data-testid="incidents-ended">{t('incidents.ended')}</span> }]} />
        <Filters chosen={chosen} choose={choose} open={open} />
        <span className="grow" /><CsvButton path="/api/incidents" query={asked} />
      </div>
      <ListOf<Incident>
        path="/api/incidents" query={asked} columns={columns} keyOf={(item) => item.id} testId="incidents" label={t('incidents.title')} arrange={open ? hottest : latestFirst} refetch={60_000}
        chosen={opened('incident')} onPick={(item) => { show('incident', item.id); }} filtered={filtered} onClear={clear}
        empty={open ? { title: t('incidents.empty'), help: t('incidents.empty.help'), action: <Link to="/reports/new">{t('reports.new')}</Link> } : { title: t('incidents.empty.ended'), help: t('incidents.empty.ended.help') }}
      />
    </>
  );
}

export default function IncidentsPage() {
  const { t } = useWords();
  const { can } = useSession();
  const navigate = useNavigate();
  const section = useLocation().pathname.split('/')[2];
  const chosen: Name = sections.find((one) => one === section) ?? 'list';
  const tools = can('operate') && (chosen === 'list' || chosen === 'map') && <Link to="/reports/new"><Button type="primary" icon={<PlusOutlined />} data-testid="report-new">{t('reports.new')}</Button></Link>;
  return (
    <Page title={t('incidents.title')} testId="page-incidents" tools={tools} beside={<Sections names={[...sections]} chosen={chosen} word={(name) => t(`incidents.section.${name}`)} onChoose={(name) => void navigate(name === 'list' ? '/incidents' : `/incidents/${name}`)} testId="incidents" />}>
      {chosen === 'list' && <Ranking />}
      {chosen === 'heat' && <HeatTry />}
      <Suspense fallback={<Waiting />}>{chosen === 'map' && <MapPage />}{chosen === 'warnings' && <Warnings />}{chosen === 'drills' && <Drills />}</Suspense>
    </Page>
  );
}
