import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { segment } from '../../api/client';
import { useOne } from '../../api/hooks';
import { toProblem } from '../../api/problem';
import type { EpcisEvent, EventAnswer, Quantity, SensorElement, SensorReport } from '../../api/trace';
import { useWords } from '../../context/preferences';
import { useUrl } from '../../context/url';
import { number } from '../../format/numbers';
import { unitSign } from '../../format/units';
import { bandIcon } from '../../ui/icons';
import { ProblemView } from '../../ui/problem';
import { Facts, Section, Side } from '../../ui/side';
import { At } from '../../ui/time';
import { Waiting } from '../../ui/waiting';
import { InLedger } from '../ledger/InLedger';
import { Erasures } from './erasing/Erasures';
import { EventThing } from './EventThing';
import { extras, isPartial, partsOf, valueOf, withheld, type Part } from './event';
import { objectName, unitOf } from './names';
import { placeNames } from './places';
import { useTrace } from './useTrace';
import { useTraceWords } from './words';

/** As many objects as a drawer lists; the others are counted. */
const mostListed = 50;

type Row = [string, ReactNode];

function Name({ id }: { id: string }) {
  const { t } = useWords();
  if (id === withheld) return <span className="faint">{t('event.withheld')}</span>;
  return <Link className="mono" to={`/identifiers/trace?object=${segment(id)}`} title={id}>{objectName(id)}</Link>;
}

function Amount({ amount }: { amount: Quantity }) {
  const { language } = useWords();
  // Without a unit instances are counted (EPCIS 2.0, 7.3.3.3).
  const unit = amount.uom === undefined ? unitSign('{piece}', language) : unitOf(amount.uom);
  return <span><Name id={amount.epcClass} />{amount.quantity !== undefined && <span className="quiet"> {number(amount.quantity, language)} {unit}</span>}</span>;
}

function Objects({ part }: { part: Part }) {
  const { t, language } = useWords();
  const more = part.ids.length - mostListed;
  return (
    <span className="chips" data-testid={`event-${part.role}`}>
      {part.ids.slice(0, mostListed).map((id) => <Name key={id} id={id} />)}
      {part.amounts.map((amount) => <Amount key={`${amount.epcClass} ${amount.quantity ?? ''}`} amount={amount} />)}
      {more > 0 && <span className="faint">{t('event.more', { count: number(more, language) })}</span>}
    </span>
  );
}

function Value({ report }: { report: SensorReport }) {
  const { t, language } = useWords();
  const unit = unitOf(report.uom);
  const text = (value: string | number | boolean | null) => (typeof value === 'number' ? `${number(value, language)} ${unit}`.trim() : typeof value === 'boolean' ? t(value ? 'yes' : 'no') : value ?? '–');
  const ranges = [...(report.minValue === undefined ? [] : [t('event.least', { value: text(report.minValue) })]), ...(report.maxValue === undefined ? [] : [t('event.greatest', { value: text(report.maxValue) })]), ...(report.sDev === undefined ? [] : [`σ ${text(report.sDev)}`])];
  const value = valueOf(report);
  if (value === null && ranges.length > 0) return <b>{ranges.join(' · ')}</b>;
  return <><b>{text(value)}</b>{ranges.length > 0 && <div className="faint small">{ranges.join(' · ')}</div>}</>;
}

function Sensors({ elements }: { elements: SensorElement[] }) {
  const { t } = useWords();
  const { word } = useTraceWords();
  const timed = elements.some((element) => element.sensorMetadata?.time !== undefined || element.sensorReport.some((report) => report.time !== undefined));
  return (
    <Section title={t('event.sensors')}>
      <table className="plain-table" data-testid="event-sensors">
        <tbody>{elements.flatMap((element, at) => element.sensorReport.map((report, index) => {
          const device = report.deviceID ?? element.sensorMetadata?.deviceID;
          return (
            <tr key={`${at}-${index}`}>
              <td>{report.type === undefined ? '–' : word('measure', report.type)}{report.exception !== undefined && <div className="mark small"><i className="mark tone-orange">{bandIcon.orange}</i><span>{word('alert', report.exception)}</span></div>}{device !== undefined && <div className="faint small" title={device}>{objectName(device)}</div>}</td>
              <td className="num"><Value report={report} /></td>
              {timed && <td className="num nowrap"><At at={report.time ?? element.sensorMetadata?.time ?? null} shape="near" /></td>}
            </tr>
          );
        }))}</tbody>
      </table>
    </Section>
  );
}

/** Certificates are addresses or numbers; only an address of the web is a link. */
function Certificates({ info }: { info: string | string[] }) {
  return <span className="chips">{[info].flat().map((one) => (/^https?:\/\//.test(one) ? <a key={one} href={one} target="_blank" rel="noreferrer" className="break">{one}</a> : <span key={one} className="mono break">{one}</span>))}</span>;
}

function useRows(event: EpcisEvent): Row[] {
  const { t } = useWords();
  const { word, step } = useTraceWords();
  const { answer } = useTrace();
  // The trace knows places as the event was captured; here they are translated to Digital Links.
  const told = answer.data?.events.find((one) => one.id === event.eventID);
  const party = told?.party;
  const place = placeNames(answer.data?.places ?? []);
  const optional = (name: string, shown: boolean, node: () => ReactNode): Row[] => (shown ? [[name, node()]] : []);
  const where = (id: string) => <span title={id}>{place(id, party?.id)}</span>;
  const states = (list: string[] | undefined) => (list ?? []).map((one) => word('disp', one)).join(t('list.and'));
  const documents = (event.bizTransactionList ?? []).map((one): Row => [one.type === undefined ? t('event.document') : word('btt', one.type) ?? t('event.document'), <span key={one.bizTransaction} className="mono break" title={one.bizTransaction}>{objectName(one.bizTransaction)}</span>]);
  const ends = [...(event.sourceList ?? []).map((one) => ({ key: 'event.source' as const, type: one.type, id: one.source })), ...(event.destinationList ?? []).map((one) => ({ key: 'event.destination' as const, type: one.type, id: one.destination }))];
  return [
    [t('trace.at'), <span key="at"><At at={event.eventTime} /> <span className="faint">{event.eventTimeZoneOffset}</span></span>],
    ...optional(t('trace.party'), party !== undefined, () => party?.name),
    ...optional(t('event.action'), event.action !== undefined, () => t(`event.action.${event.action as 'ADD' | 'OBSERVE' | 'DELETE'}`)),
    ...optional(t('trace.step'), event.bizStep !== undefined, () => step(event.bizStep ?? null)),
    ...optional(t('trace.disposition'), event.disposition !== undefined, () => word('disp', event.disposition)),
    ...optional(t('event.set'), (event.persistentDisposition?.set ?? []).length > 0, () => states(event.persistentDisposition?.set)),
    ...optional(t('event.unset'), (event.persistentDisposition?.unset ?? []).length > 0, () => states(event.persistentDisposition?.unset)),
    ...optional(t('trace.readPoint'), event.readPoint !== undefined, () => where(told?.readPoint ?? event.readPoint?.id ?? '')),
    ...optional(t('trace.place'), event.bizLocation !== undefined, () => where(told?.bizLocation ?? event.bizLocation?.id ?? '')),
    ...partsOf(event).map((part): Row => [t(`event.part.${part.role}`), <Objects key={part.role} part={part} />]),
    ...documents,
    ...ends.map((end): Row => [t(end.key, { type: word('sdt', end.type) ?? '' }), <span key={end.id} title={end.id}>{place(end.id, party?.id)}</span>]),
    ...optional(t('event.certificate'), event.certificationInfo !== undefined, () => <Certificates info={event.certificationInfo ?? []} />),
    ...optional(t('event.recorded'), event.recordTime !== undefined, () => <At at={event.recordTime} />),
  ];
}

function More({ title, rows }: { title: string; rows: [string, string][] }) {
  if (rows.length === 0) return null;
  return <Section title={title}><Facts rows={rows.map(([name, text]): Row => [name, <span key={name} className="break">{text}</span>])} /></Section>;
}

function Told({ event, onErased }: { event: EpcisEvent & Record<string, unknown>; onErased: (id: string | null) => void }) {
  const { t } = useWords();
  const { word } = useTraceWords();
  const rows = useRows(event);
  const wrong = event.errorDeclaration;
  return (
    <>
      {wrong !== undefined && <p className="mark" data-testid="event-wrong"><i className="mark tone-orange">{bandIcon.orange}</i><span>{t('event.wrong', { reason: wrong.reason === undefined ? '–' : word('er', wrong.reason) ?? '–' })}</span></p>}
      {isPartial(event.eventID) && <p className="quiet small">{t('event.partial')}</p>}
      <Facts rows={rows} />
      {event.sensorElementList !== undefined && event.sensorElementList.length > 0 && <Sensors elements={event.sensorElementList} />}
      {!isPartial(event.eventID) && <EventThing id={event.eventID} />}
      <More title={t('event.ilmd')} rows={extras(event.ilmd ?? {}).map(([name, text]) => [word('mda', name) ?? name, text])} />
      <More title={t('event.extras')} rows={extras(event)} />
      {!isPartial(event.eventID) && <InLedger path={`/api/ledger/proofs/facts/${segment(event.eventID)}`} of={event.eventID} since={event.recordTime ?? event.eventTime} />}
      {!isPartial(event.eventID) && <Erasures event={event} onErased={onErased} />}
    </>
  );
}

/** An event in words: what happened to what, where and why, what was measured, what the machine reported, that it is in the ledger, and what was erased of it. */
export function EventDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useWords();
  const { event: typeOf, step } = useTraceWords();
  const detail = useOne<EventAnswer>(`/epcis/events/${segment(id)}`, {}, { stale: Infinity });
  const [, setEvent] = useUrl('event');
  // Erased since it was read, it is not told any more.
  const isGone = detail.error !== null && toProblem(detail.error).status === 404;
  // What declares an event wrong has its id too, and is told with it; the last one holds.
  const event = isGone ? undefined : detail.data?.epcisBody.queryResults.resultsBody.eventList.at(-1);
  const title = event === undefined ? '' : [typeOf(event.type), step(event.bizStep ?? null)].filter((part) => part !== null).join(' · ');
  return (
    <Side onClose={onClose} title={<span data-testid="event-title">{title === '' ? t('trace.event') : title}</span>} testId="event-drawer">
      {detail.error !== null && event === undefined && <ProblemView error={detail.error} retry={() => void detail.refetch()} />}
      {detail.isPending && <Waiting />}
      {event !== undefined && <Told event={event} onErased={(left) => { if (left === null) onClose(); else setEvent(left); }} />}
    </Side>
  );
}
