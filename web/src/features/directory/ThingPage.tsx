import { Breadcrumb, Tabs } from 'antd';
import { Link, useParams } from 'react-router';
import { segment } from '../../api/client';
import type { View, Widget } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useUrl } from '../../context/url';
import { ConnectionMark } from '../../ui/marks';
import { Page } from '../../ui/page';
import { ProblemView } from '../../ui/problem';
import { Ago } from '../../ui/time';
import { Waiting } from '../../ui/waiting';
import { AlarmList } from '../alarms/AlarmList';
import { CaseList } from '../cases/CaseList';
import { Board } from '../console/Board';
import { useViews } from '../console/views';
import { CommandPanel } from '../devices/CommandPanel';
import { CredentialPanel } from '../devices/CredentialPanel';
import { ThingRules } from '../rules/parameters/ThingRules';
import { Relations } from './Relations';
import { useThing, type TypedThing } from './thing';
import { ThingChanges } from './ThingChanges';
import { HistoryPanel } from '../telemetry/HistoryPanel';
import { useTypeWords } from '../packs/typeWords';

/** Where no pack lays out a page for the type: what there is, in the order in which it is asked for. */
function standardWidgets(thing: TypedThing): Widget[] {
  const { properties } = thing.typeInfo;
  const state = properties.find((info) => info.type === 'enumeration');
  const numbers = properties.filter((info) => info.type === 'number' && !info.counter).slice(0, 3).map((info) => info.id);
  const widgets: Widget[] = [{ widget: 'latest', at: [0, 0, 4, 8] }, { widget: 'facts', at: [4, 6, 4, 2] }, { widget: 'alarms', at: [8, 6, 4, 2] }];
  if (state !== undefined) widgets.push({ widget: 'timeline', at: [4, 0, 8, 2], property: state.id, hours: 8 });
  if (numbers.length > 0) widgets.push({ widget: 'chart', at: [4, state === undefined ? 0 : 2, 8, state === undefined ? 6 : 4], properties: numbers, hours: 8 });
  return widgets;
}

/** The view for the type itself, or for the nearest that it extends. */
function viewFor(views: View[], lineage: string[]): View | undefined {
  return lineage.map((type) => views.find((view) => view.kind === 'thing' && view.type === type)).find((view) => view !== undefined);
}

/** What the type's page charts, else what the type itself adds: own properties come last. */
function usualProperties(thing: TypedThing, view: View | undefined): string[] {
  const charted = view?.widgets.flatMap((widget) => (widget.widget === 'chart' ? widget.properties ?? [] : [])) ?? [];
  const own = thing.typeInfo.properties.filter((info) => info.type === 'number' && !info.counter).slice(-2).map((info) => info.id);
  return charted.length > 0 ? charted.slice(0, 4) : own;
}

function Connect({ thing }: { thing: TypedThing }) {
  return <div className="two-columns"><CredentialPanel thing={thing} /><CommandPanel thing={thing} /></div>;
}

export default function ThingPage() {
  const { t } = useWords();
  const { id = '' } = useParams();
  const views = useViews();
  const words = useTypeWords();
  const [tab, setTab] = useUrl('tab', 'overview');
  const { thing, error, retry } = useThing(id);
  if (error !== null && thing === undefined) return <Page title={t('thing.page')} testId="page-thing"><ProblemView error={error} retry={retry} /></Page>;
  if (thing === undefined || views.isPending) return <Waiting />;
  const view = viewFor(views.data ?? [], words.lineage(thing.type));
  const crumbs = <Breadcrumb items={[{ title: <Link to="/things">{t('things.title')}</Link> }, ...thing.path.filter((step) => step.id !== thing.id).map((step) => ({ title: <Link to={`/things/${segment(step.id)}`}>{step.name}</Link> }))]} />;
  const beside = <><span className="tag">{words.type(thing.type)}</span>{(thing.connected || thing.lastSeen !== null) && <><ConnectionMark connected={thing.connected} heard /><span className="faint small">{t('things.seen')} <Ago at={thing.lastSeen} /></span></>}</>;
  const items = [
    { key: 'overview', label: t('thing.overview'), children: <Board widgets={view?.widgets ?? standardWidgets(thing)} thing={thing.id} /> },
    { key: 'history', label: t('thing.history'), children: <HistoryPanel thing={thing} usual={usualProperties(thing, view)} /> },
    { key: 'alarms', label: t('thing.alarms'), children: <AlarmList query={{ thing: thing.id }} /> },
    { key: 'cases', label: t('thing.cases'), children: <CaseList query={{ thing: thing.id }} /> },
    { key: 'rules', label: t('rules.title'), children: <ThingRules thing={thing} /> },
    { key: 'relations', label: t('thing.relations'), children: <Relations thing={thing.id} /> },
    { key: 'changes', label: t('thing.changes'), children: <ThingChanges thing={thing.id} /> },
    { key: 'connect', label: t('thing.connect'), children: <Connect thing={thing} /> },
  ];
  return (
    <Page title={thing.name} beside={beside} tools={crumbs} testId="page-thing">
      <Tabs className="page-tabs" activeKey={tab} onChange={setTab} items={items.map((item) => ({ ...item, label: <span data-testid={`tab-${item.key}`}>{item.label}</span> }))} destroyOnHidden />
    </Page>
  );
}
