import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { useOne } from '../../../api/hooks';
import { toProblem } from '../../../api/problem';
import type { CommonOrigin, CommonOrigins } from '../../../api/trace';
import { useNow } from '../../../context/now';
import { useWords } from '../../../context/preferences';
import { useZone } from '../../../context/zone';
import { number } from '../../../format/numbers';
import { moment, near } from '../../../format/times';
import { bandIcon } from '../../../ui/icons';
import { useOpen } from '../../../ui/open';
import { ProblemView } from '../../../ui/problem';
import { Table, type Column } from '../../../ui/table';
import { Empty, Waiting } from '../../../ui/waiting';
import { Hidden } from '../Hidden';
import { objectName } from '../names';
import { useTraceWords } from '../words';
import { AskCommon } from './AskCommon';
import { commonPath, isOnly, parseObjects, unseen, type Asked } from './common';

const dash = <span className="faint">–</span>;

/** The event that made an origin; the origin's own trace knows the names of its party and places. */
function MadeBy({ origin, short = false }: { origin: CommonOrigin; short?: boolean }) {
  const { event, step } = useTraceWords();
  const { open } = useOpen();
  const zone = useZone();
  const now = useNow();
  const made = origin.madeBy;
  if (made === null) return dash;
  // On a phone there is room for one of them: what was done, else what kind of event it was.
  const word = short ? step(made.bizStep) ?? event(made.type) : [event(made.type), step(made.bizStep)].filter((part) => part !== null).join(' · ');
  return <button type="button" className="link" title={moment(made.at, zone)} onClick={(click) => { click.stopPropagation(); open('event', made.id, { object: origin.id }); }} data-testid="common-event">{word}{!short && <span className="quiet"> {near(made.at, zone, now)}</span>}</button>;
}

function useColumns(told: CommonOrigins): Column<CommonOrigin>[] {
  const { t } = useWords();
  return useMemo(() => {
    const failed = (one: CommonOrigin) => t('common.in', { of: one.of, asked: told.asked });
    const words = (one: CommonOrigin) => (told.others === 0 ? failed(one) : `${failed(one)}${t('list.and')}${t('common.in.good', { of: one.ofOthers, others: told.others })}`);
    const short = (one: CommonOrigin) => (told.others === 0 ? `${one.of}/${told.asked}` : `${one.of}/${told.asked} · ${one.ofOthers}/${told.others}`);
    return [
      { key: 'id', title: t('common.origin'), render: (one) => <span className="mark nowrap"><span className="strong mono clip first" title={one.id}>{objectName(one.id)}</span>{isOnly(one, told) && <i className="mark tone-orange" title={t('common.only')} aria-label={t('common.only')} data-testid="common-only">{bandIcon.orange}</i>}{objectName(one.id) !== one.id && <span className="faint small mono clip wide">{one.id}</span>}</span> },
      { key: 'where', title: t('common.where'), width: 320, only: 'wide', render: (one) => <span data-testid="common-where">{words(one)}</span> },
      { key: 'short', title: t(told.others === 0 ? 'common.where' : 'common.where.short'), width: 104, right: true, only: 'phone', render: (one) => <span title={words(one)}>{short(one)}</span> },
      { key: 'party', title: t('trace.party'), width: 160, only: 'wide', render: (one) => (one.party === null ? dash : one.party.name) },
      { key: 'made', title: t('common.made'), width: 320, only: 'wide', render: (one) => <MadeBy origin={one} /> },
      { key: 'event', title: t('trace.event'), width: 128, only: 'phone', render: (one) => <MadeBy origin={one} short /> },
      { key: 'more', title: t('trace.more'), width: 176, only: 'xwide', render: (one) => (one.hidden.length === 0 ? dash : <span className="mark nowrap"><i className="mark tone-orange">{bandIcon.orange}</i><span className="clip">{t('trace.ask', { names: one.hidden.map((party) => party.name).join(t('list.and')) })}</span></span>) },
    ];
  }, [t, told]);
}

function Found({ asked, told, onTrace, chosen }: { asked: Asked; told: CommonOrigins; onTrace: (id: string) => void; chosen: string | null }) {
  const { t, language } = useWords();
  const columns = useColumns(told);
  const missing = unseen(asked, told);
  const only = told.items.filter((one) => isOnly(one, told)).length;
  return (
    <>
      <div className="row wrap" data-testid="common-summary">
        <span>{t('common.found', { count: number(told.items.length, language) })}</span>
        {only > 0 && <span className="mark"><i className="mark tone-orange">{bandIcon.orange}</i><span>{t('common.only.count', { count: number(only, language) })}</span></span>}
        {missing > 0 && <span className="quiet">{t('common.unseen', { count: number(missing, language) })}</span>}
        {told.isCut && <span className="tag">{t('trace.cut')}</span>}
      </div>
      <Hidden nodes={told.items} />
      {told.items.length === 0
        ? <div className="table-box"><Empty title={t('common.none')} help={t('common.none.help')} /></div>
        : <Table rows={told.items} columns={columns} keyOf={(one) => one.id} testId="common" label={t('trace.common')} chosen={chosen} onPick={(one) => { onTrace(one.id); }} />}
    </>
  );
}

/** Where a fault that several objects share may come from: what they have in common, and good ones do not. */
export function Common() {
  const { t } = useWords();
  const [search, setSearch] = useSearchParams();
  const [failedText, goodText] = [search.get('failed') ?? '', search.get('good') ?? ''];
  const asked = useMemo<Asked>(() => ({ failed: parseObjects(failedText), good: parseObjects(goodText) }), [failedText, goodText]);
  const answer = useOne<CommonOrigins>(commonPath(asked), {}, { enabled: asked.failed.length > 0 });
  const change = (values: Record<string, string>) => {
    setSearch((before) => {
      const after = new URLSearchParams(before);
      for (const [key, value] of Object.entries(values)) { if (value === '') after.delete(key); else after.set(key, value); }
      return after;
    });
  };
  const isNone = answer.error !== null && toProblem(answer.error).code === 'not-found';
  return (
    <>
      <AskCommon key={`${failedText}|${goodText}`} asked={asked} onAsk={({ failed, good }) => { change({ failed: failed.join(' '), good: good.join(' '), object: '', event: '' }); }} />
      {asked.failed.length === 0 || isNone
        ? <div className="table-box"><Empty title={t(isNone ? 'common.missing' : 'common.start')} help={t(isNone ? 'common.missing.help' : 'common.start.help')} /></div>
        : answer.error !== null ? <ProblemView error={answer.error} retry={() => void answer.refetch()} />
          : answer.data === undefined ? <Waiting rows={10} />
            : <Found asked={asked} told={answer.data} chosen={search.get('event') === null ? null : search.get('object')} onTrace={(id) => { change({ object: id, way: 'forward', event: '' }); }} />}
    </>
  );
}
