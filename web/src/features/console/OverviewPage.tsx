import { ExpandOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { Link } from 'react-router';
import { useRows } from '../../api/hooks';
import { segment } from '../../api/client';
import type { Incident } from '../../api/incidents';
import type { Case, Indicator, Thing, View } from '../../api/types';
import { usePreferences, useWords } from '../../context/preferences';
import { useScoped } from '../../context/scope';
import { useUrl } from '../../context/url';
import { moment } from '../../format/times';
import { Page } from '../../ui/page';
import { ProblemView } from '../../ui/problem';
import { useZone } from '../../context/zone';
import { Waiting } from '../../ui/waiting';
import { Board } from './Board';
import { FirstSteps } from './FirstSteps';
import { useViews } from './views';

/** Widgets that need neither things nor incidents. */
const work = ['cases', 'case-pareto', 'alarms', 'duty'];

/** The shift that runs now, as its indicators say. */
function ShiftNow() {
  const { t, label } = useWords();
  const zone = useZone();
  const list = useRows<Indicator>('/api/indicators', useScoped({}), { limit: 100 });
  const window = list.items.find((item) => item.window.kind === 'shift')?.window;
  if (window === undefined) return null;
  return <span className="quiet" data-testid="shift-now">{label(window.shiftName)} {moment(window.from, zone, 'short')}–{moment(window.to, zone, 'short')}{!window.complete && <span className="faint"> {t('indicators.running')}</span>}</span>;
}

export default function OverviewPage() {
  const { t, label } = useWords();
  const views = useViews();
  const [chosen, choose] = useUrl('view');
  const { overview, change } = usePreferences();
  const things = useRows<Thing>('/api/things', useScoped({}), { limit: 1 });
  const incidents = useRows<Incident>('/api/incidents', useScoped({}), { limit: 1 });
  const cases = useRows<Case>('/api/cases', useScoped({}), { limit: 1 });
  const overviews = (views.data ?? []).filter((view) => view.kind === 'overview');
  const asked = overviews.find((one) => one.id === chosen) ?? overviews.find((one) => one.id === overview);
  const ofIncidents = (view: View) => view.widgets.some((widget) => widget.incident !== undefined);
  const ofCases = (view: View) => view.widgets.every((widget) => work.includes(widget.widget));
  // Nobody chose: where things are connected it is about these, else about what people report, else about what they work on.
  const nothing = things.items.length === 0 && incidents.items.length === 0;
  const working = nothing && cases.items.length > 0 ? overviews.find(ofCases) : undefined;
  const view = asked ?? working ?? overviews.find((one) => ofIncidents(one) === (things.items.length === 0) && !ofCases(one)) ?? overviews[0];
  const pick = (id: string) => { change({ overview: id }); choose(id); };
  if (views.isPending || things.loading || incidents.loading || cases.loading) return <Waiting />;
  if (views.error !== null) return <Page title={t('overview.title')} testId="page-overview"><ProblemView error={views.error} retry={() => void views.refetch()} /></Page>;
  const picker = view !== undefined && overviews.length > 1 && <Select value={view.id} onChange={pick} data-testid="overview-pick" aria-label={t('overview.pick')} options={overviews.map((one) => ({ value: one.id, label: label(one.name) }))} style={{ minWidth: 160 }} />;
  if (view === undefined || (asked === undefined && working === undefined && nothing && !overviews.every(ofIncidents))) return <Page title={t('overview.title')} testId="page-overview" fixed={false} tools={picker || undefined}><FirstSteps packless={overviews.length === 0} /></Page>;
  return (
    <Page title={label(view.name)} testId="page-overview" beside={ofIncidents(view) ? undefined : <ShiftNow />} tools={<>{picker}<Link to={`/wall/${segment(view.id)}`}><Button icon={<ExpandOutlined />} data-testid="wall-mode">{t('boards.wall')}</Button></Link></>}>
      <Board widgets={view.widgets} />
    </Page>
  );
}
