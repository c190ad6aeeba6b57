import { Button, Input, Segmented } from 'antd';
import { useCallback, useMemo } from 'react';
import { address } from '../../api/client';
import { useOne } from '../../api/hooks';
import { toProblem } from '../../api/problem';
import type { Direction, Trace, TraceEvent, TraceNode } from '../../api/trace';
import { Chart } from '../../charts/Chart';
import { lineageOption, mostDrawn } from '../../charts/lineage';
import { usePreferences, useWords } from '../../context/preferences';
import { useUrl } from '../../context/url';
import { useZone } from '../../context/zone';
import { number } from '../../format/numbers';
import { moment } from '../../format/times';
import { bandIcon } from '../../ui/icons';
import { Panel } from '../../ui/page';
import { ProblemView } from '../../ui/problem';
import { Table, type Column } from '../../ui/table';
import { At } from '../../ui/time';
import { Empty, Waiting } from '../../ui/waiting';
import { eventKey, objectName, stepKey, wordOf } from './names';

const dash = <span className="faint">–</span>;

/** A business step in words; that of another vocabulary as it is. */
function useStep() {
  const { t } = useWords();
  return useCallback((uri: string | null) => { const key = stepKey(uri); return key === null ? wordOf(uri) : t(key); }, [t]);
}

function useNodeColumns(): Column<TraceNode>[] {
  const { t } = useWords();
  const step = useStep();
  return useMemo(() => [
    { key: 'depth', title: t('trace.depth'), width: 56, right: true, render: (one) => one.depth },
    { key: 'id', title: t('trace.object'), render: (one) => <span className="strong mono" title={one.id}>{objectName(one.id)}</span> },
    { key: 'party', title: t('trace.party'), width: 128, only: 'wide', render: (one) => one.party?.name ?? dash },
    { key: 'step', title: t('trace.step'), width: 136, only: 'wide', render: (one) => step(one.bizStep) ?? dash },
    { key: 'place', title: t('trace.place'), width: 160, only: 'xwide', render: (one) => (one.bizLocation === null ? dash : <span title={one.bizLocation}>{objectName(one.bizLocation)}</span>) },
    { key: 'at', title: t('trace.lastSeen'), width: 136, right: true, render: (one) => <At at={one.at} shape="minute" /> },
    { key: 'more', title: t('trace.more'), width: 176, only: 'wide', render: (one) => (one.hidden.length === 0 ? dash : <span className="mark nowrap" data-testid="trace-hidden"><i className="mark tone-orange">{bandIcon.orange}</i><span className="clip">{t('trace.ask', { names: one.hidden.map((party) => party.name).join('、') })}</span></span>) },
  ], [t, step]);
}

function useEventColumns(): Column<TraceEvent>[] {
  const { t } = useWords();
  const step = useStep();
  return useMemo(() => [
    { key: 'at', title: t('trace.at'), width: 136, render: (one) => <At at={one.at} shape="minute" /> },
    { key: 'party', title: t('trace.party'), width: 128, only: 'wide', render: (one) => one.party.name },
    { key: 'type', title: t('trace.event'), render: (one) => { const key = eventKey(one.type); return key === null ? one.type : t(key); } },
    { key: 'step', title: t('trace.step'), width: 136, only: 'wide', render: (one) => step(one.bizStep) ?? dash },
    { key: 'point', title: t('trace.readPoint'), width: 176, only: 'wide', render: (one) => (one.readPoint === null ? dash : <span title={one.readPoint}>{objectName(one.readPoint)}</span>) },
    { key: 'sensors', title: t('trace.sensors'), width: 72, only: 'wide', render: (one) => (one.sensors ? t('yes') : dash) },
  ], [t, step]);
}

function Lineage({ trace }: { trace: Trace }) {
  const { t, language } = useWords();
  const { mode } = usePreferences();
  const step = useStep();
  const zone = useZone();
  const option = useMemo(() => {
    const byId = new Map(trace.nodes.map((node) => [node.id, node]));
    return lineageOption(trace, {
      mode, nameOf: objectName,
      tip: (id) => { const node = byId.get(id); return node === undefined ? [id] : [id, ...(node.party === null ? [] : [[node.party.name, step(node.bizStep)].filter((part) => part !== null).join(' · ')]), ...(node.at === null ? [] : [moment(node.at, zone, 'minute')]), ...(node.hidden.length === 0 ? [] : [t('trace.ask', { names: node.hidden.map((party) => party.name).join('、') })])]; },
    });
  }, [trace, mode, t, step, zone]);
  if (trace.nodes.length > mostDrawn) return <p className="quiet" style={{ padding: 16 }}>{t('trace.tooMany', { count: number(trace.nodes.length, language) })}</p>;
  return <Chart option={option} label={t('trace.graph')} />;
}

function Found({ trace }: { trace: Trace }) {
  const { t, language } = useWords();
  const [shown, show] = useUrl('show');
  const nodeColumns = useNodeColumns();
  const eventColumns = useEventColumns();
  const [, choose] = useUrl('object');
  const hidden = trace.nodes.filter((node) => node.hidden.length > 0).length;
  const list = shown === 'events' ? 'events' : 'objects';
  return (
    <>
      <div className="row wrap" data-testid="trace-summary">
        <span>{t('trace.found', { objects: number(trace.nodes.length, language), events: number(trace.events.length, language) })}</span>
        {hidden > 0 && <span className="quiet">{t('trace.hidden', { count: number(hidden, language) })}</span>}
        {trace.isCut && <span className="tag" data-testid="trace-cut">{t('trace.cut')}</span>}
      </div>
      <Panel title={t('trace.graph')} flush style={{ flex: '1 1 0', minHeight: 220 }} testId="trace-graph"><Lineage trace={trace} /></Panel>
      <div className="row"><Segmented value={list} onChange={(value) => { show(value === 'events' ? 'events' : null); }} options={[{ value: 'objects', label: <span data-testid="trace-objects">{t('trace.objects')}</span> }, { value: 'events', label: <span data-testid="trace-events">{t('trace.timeline')}</span> }]} /></div>
      <div className="column" style={{ flex: '1 1 0', minHeight: 160, display: 'flex' }}>
        {list === 'objects'
          ? <Table rows={trace.nodes} columns={nodeColumns} keyOf={(one) => one.id} testId="trace-nodes" label={t('trace.objects')} onPick={(one) => { choose(one.id); }} />
          : <Table rows={trace.events} columns={eventColumns} keyOf={(one) => one.id} testId="trace-timeline" label={t('trace.timeline')} />}
      </div>
    </>
  );
}

/** What is in an object, and what it went into, as far as one may see. */
export function TraceSection() {
  const { t } = useWords();
  const [object, setObject] = useUrl('object');
  const [way, setWay] = useUrl('way');
  const direction: Direction = way === 'forward' ? 'forward' : 'backward';
  const answer = useOne<Trace>('/api/trace', { id: object, direction }, { enabled: object !== '' });
  const isNone = answer.error !== null && toProblem(answer.error).code === 'not-found';
  return (
    <>
      <div className="row wrap">
        <Input.Search key={object} allowClear defaultValue={object} placeholder={t('trace.placeholder')} onSearch={(text) => { setObject(text.trim() === '' ? null : text.trim()); }} style={{ flex: '1 1 320px', maxWidth: 560 }} data-testid="trace-object" />
        <Segmented value={direction} onChange={(value) => { setWay(value === 'forward' ? 'forward' : null); }} options={(['backward', 'forward'] as const).map((one) => ({ value: one, label: <span data-testid={`trace-${one}`}>{t(`trace.${one}`)}</span> }))} />
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
