import { Button, Input, Segmented } from 'antd';
import { useMemo } from 'react';
import { address } from '../../api/client';
import { toProblem } from '../../api/problem';
import type { Trace, TraceEvent, TraceNode } from '../../api/trace';
import { Chart } from '../../charts/Chart';
import { lineageOption, mostDrawn } from '../../charts/lineage';
import { usePreferences, useWords } from '../../context/preferences';
import { useUrl } from '../../context/url';
import { useZone } from '../../context/zone';
import { number } from '../../format/numbers';
import { useNow } from '../../context/now';
import { near } from '../../format/times';
import { bandIcon } from '../../ui/icons';
import { useOpen } from '../../ui/open';
import { Panel } from '../../ui/page';
import { ProblemView } from '../../ui/problem';
import { Table, type Column } from '../../ui/table';
import { At } from '../../ui/time';
import { Empty, Waiting } from '../../ui/waiting';
import { Common } from './common/Common';
import { Hidden } from './Hidden';
import { objectName } from './names';
import { partiesOf } from './parties';
import { partAt, placeNames, placeOf, stopsOf, type Stop } from './places';
import { TraceMap } from './TraceMap';
import { useTrace } from './useTrace';
import { useTraceWords } from './words';

const hour = 3_600_000;
const dash = <span className="faint">–</span>;

function PartyName({ id, name, trace }: { id: string; name: string; trace: Trace }) {
  const colour = partiesOf(trace).find((one) => one.id === id)?.colour;
  return <span className="mark">{colour !== undefined && <i className="dot" style={{ background: colour }} />}<span className="clip">{name}</span></span>;
}

function useNodeColumns(trace: Trace): Column<TraceNode>[] {
  const { t } = useWords();
  const { step, word } = useTraceWords();
  return useMemo(() => {
    const place = placeNames(trace.places);
    return [
      { key: 'depth', title: t('trace.depth'), width: 72, right: true, render: (one) => one.depth },
      { key: 'id', title: t('trace.object'), render: (one) => <span className="strong mono" title={one.id}>{objectName(one.id)}</span> },
      { key: 'party', title: t('trace.party'), width: 208, only: 'wide', render: (one) => (one.party === null ? dash : <PartyName {...one.party} trace={trace} />) },
      { key: 'step', title: t('trace.step'), width: 120, only: 'wide', render: (one) => step(one.bizStep) ?? dash },
      { key: 'state', title: t('trace.disposition'), width: 112, only: 'xwide', render: (one) => word('disp', one.disposition) ?? dash },
      { key: 'place', title: t('trace.place'), width: 160, only: 'xwide', render: (one) => (one.bizLocation === null ? dash : <span title={one.bizLocation}>{place(one.bizLocation, one.party?.id)}</span>) },
      { key: 'at', title: t('trace.lastSeen'), width: 144, right: true, render: (one) => <At at={one.at} shape="near" /> },
      { key: 'more', title: t('trace.more'), width: 176, only: 'wide', render: (one) => { const ask = t('trace.ask', { names: one.hidden.map((party) => party.name).join(t('list.and')) }); return one.hidden.length === 0 ? dash : <span className="mark nowrap" title={ask} data-testid="trace-hidden"><i className="mark tone-orange">{bandIcon.orange}</i><span className="clip">{ask}</span></span>; } },
    ];
  }, [t, step, word, trace]);
}

function useEventColumns(trace: Trace): Column<TraceEvent>[] {
  const { t } = useWords();
  const { step, event, word } = useTraceWords();
  return useMemo(() => {
    const place = placeNames(trace.places);
    return [
      { key: 'at', title: t('trace.at'), width: 116, render: (one) => <At at={one.at} shape="near" /> },
      { key: 'party', title: t('trace.party'), width: 208, only: 'wide', render: (one) => <PartyName {...one.party} trace={trace} /> },
      { key: 'type', title: t('trace.event'), render: (one) => event(one.type) },
      { key: 'step', title: t('trace.step'), width: 128, render: (one) => step(one.bizStep) ?? dash },
      { key: 'state', title: t('trace.disposition'), width: 132, only: 'wide', render: (one) => word('disp', one.disposition) ?? dash },
      { key: 'place', title: t('trace.place'), width: 200, only: 'wide', render: (one) => { const id = placeOf(one); return id === null ? dash : <span title={id}>{place(id, one.party.id)}</span>; } },
      { key: 'sensors', title: t('trace.sensors'), width: 96, only: 'wide', render: (one) => (one.sensors ? t('yes') : dash) },
    ];
  }, [t, step, event, word, trace]);
}

function Lineage({ trace }: { trace: Trace }) {
  const { t, language } = useWords();
  const { mode } = usePreferences();
  const { step } = useTraceWords();
  const zone = useZone();
  // To the hour: what changes with it is the year, and a chart is not drawn anew for less.
  const now = Math.floor(useNow() / hour) * hour;
  const option = useMemo(() => {
    const byId = new Map(trace.nodes.map((node) => [node.id, node]));
    return lineageOption(trace, {
      mode, nameOf: objectName,
      tip: (id) => { const node = byId.get(id); return node === undefined ? [id] : [id, ...(node.party === null ? [] : [[node.party.name, step(node.bizStep)].filter((part) => part !== null).join(' · ')]), ...(node.at === null ? [] : [near(node.at, zone, now)]), ...(node.hidden.length === 0 ? [] : [t('trace.ask', { names: node.hidden.map((party) => party.name).join(t('list.and')) })])]; },
    });
  }, [trace, mode, t, step, zone, now]);
  if (trace.nodes.length > mostDrawn) return <p className="quiet" style={{ padding: 16 }}>{t('trace.tooMany', { count: number(trace.nodes.length, language) })}</p>;
  return <Chart option={option} label={t('trace.graph')} />;
}

function Lists({ trace, stop, choose }: { trace: Trace; stop: Stop | undefined; choose: (place: string | null) => void }) {
  const { t } = useWords();
  const { open, opened } = useOpen();
  const [shown, show] = useUrl('show');
  const [, setObject] = useUrl('object');
  const nodeColumns = useNodeColumns(trace);
  const eventColumns = useEventColumns(trace);
  const part = useMemo(() => (stop === undefined ? trace : partAt(trace, stop)), [trace, stop]);
  const list = shown === 'events' ? 'events' : 'objects';
  return (
    <>
      <div className="row wrap">
        <Segmented value={list} onChange={(value) => { show(value === 'events' ? 'events' : null); }} options={[{ value: 'objects', label: <span data-testid="trace-objects">{t('trace.objects')}</span> }, { value: 'events', label: <span data-testid="trace-events">{t('trace.timeline')}</span> }]} />
        {stop !== undefined && <span className="row" data-testid="trace-at">{t('trace.at.place', { place: placeNames(trace.places)(stop.id, stop.party) })} <button type="button" className="link" onClick={() => { choose(null); }}>{t('filter.clear')}</button></span>}
      </div>
      <div className="column" style={{ flex: '1 1 0', minHeight: 160, display: 'flex' }}>
        {list === 'objects'
          ? <Table rows={part.nodes} columns={nodeColumns} keyOf={(one) => one.id} testId="trace-nodes" label={t('trace.objects')} onPick={(one) => { setObject(one.id); }} />
          : <Table rows={part.events} columns={eventColumns} keyOf={(one) => one.id} testId="trace-timeline" label={t('trace.timeline')} chosen={opened('event')} onPick={(one) => { open('event', one.id); }} />}
      </div>
    </>
  );
}

function Found({ trace }: { trace: Trace }) {
  const { t, language } = useWords();
  const [view, setView] = useUrl('view');
  const [asked, choose] = useUrl('place');
  // A place that was chosen for another object is none here.
  const { opened } = useOpen();
  const stops = useMemo(() => stopsOf(trace).stops, [trace]);
  const stop = stops.find((one) => one.id === asked);
  const event = trace.events.find((one) => one.id === opened('event'));
  const shown = event === undefined ? undefined : stops.find((one) => [event.readPoint, event.bizLocation].some((place) => place !== null && one.ids.includes(place)));
  const hidden = trace.nodes.filter((node) => node.hidden.length > 0).length;
  const map = view === 'map';
  const tools = <Segmented size="small" value={map ? 'map' : 'graph'} onChange={(value) => { setView(value === 'map' ? 'map' : null); }} options={(['graph', 'map'] as const).map((one) => ({ value: one, label: <span data-testid={`trace-view-${one}`}>{t(`trace.${one}`)}</span> }))} />;
  return (
    <>
      <div className="row wrap" data-testid="trace-summary">
        <span>{t('trace.found', { objects: number(trace.nodes.length, language), events: number(trace.events.length, language) })}</span>
        {hidden > 0 && <span className="quiet">{t('trace.hidden', { count: number(hidden, language) })}</span>}
        {trace.isCut && <span className="tag" data-testid="trace-cut">{t('trace.cut')}</span>}
      </div>
      <Hidden nodes={trace.nodes} />
      <Panel title={t(map ? 'trace.map' : 'trace.graph')} tools={tools} flush style={{ flex: '1 1 0', minHeight: 220 }} testId="trace-graph">{map ? <TraceMap trace={trace} chosen={stop?.id ?? ''} shown={shown?.id ?? null} onChoose={choose} /> : <Lineage trace={trace} />}</Panel>
      <Lists trace={trace} stop={stop} choose={choose} />
    </>
  );
}

const ways = ['backward', 'forward', 'common'] as const;

function Ways() {
  const { t } = useWords();
  const { direction, isCommon, setWay } = useTrace();
  return (
    <div className="scroll-x">
      <Segmented value={isCommon ? 'common' : direction} onChange={(value) => { setWay(value === 'backward' ? null : value); }} options={ways.map((one) => ({ value: one, label: <span data-testid={`trace-${one}`}>{t(`trace.${one}`)}</span> }))} />
    </div>
  );
}

function OneObject() {
  const { t } = useWords();
  const { object, setObject, answer } = useTrace();
  const isNone = answer.error !== null && toProblem(answer.error).code === 'not-found';
  return (
    <>
      <div className="row wrap">
        <Ways />
        <Input.Search key={object} allowClear defaultValue={object} placeholder={t('trace.placeholder')} onSearch={(text) => { setObject(text.trim() === '' ? null : text.trim()); }} style={{ flex: '1 1 320px', maxWidth: 560 }} data-testid="trace-object" />
        <span className="grow" />
        {answer.data !== undefined && <Button href={address('/api/trace/recall', { id: object, format: 'csv' })} download data-testid="trace-recall">{t('trace.recall')}</Button>}
      </div>
      {object === '' || isNone
        ? <div className="table-box"><Empty title={t(isNone ? 'trace.none' : 'trace.start')} help={t(isNone ? 'trace.none.help' : 'trace.start.help')} /></div>
        : answer.error !== null ? <ProblemView error={answer.error} retry={() => void answer.refetch()} />
          : answer.data === undefined ? <Waiting rows={10} /> : <Found trace={answer.data} />}
    </>
  );
}

/** What is in an object, what it went into, and what several have in common, as far as one may see. */
export function TraceSection() {
  const { isCommon } = useTrace();
  return isCommon ? <><div className="row"><Ways /></div><Common /></> : <OneObject />;
}
