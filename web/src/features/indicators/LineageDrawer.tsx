import { useMemo, type ReactNode } from 'react';
import { segment } from '../../api/client';
import { useOne } from '../../api/hooks';
import type { HistoryPoint, Lineage, SignedOff } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useZone } from '../../context/zone';
import { bound, readable } from '../../format/expression';
import { moment } from '../../format/times';
import { Band } from '../../ui/marks';
import { parseWhy, useOpen } from '../../ui/open';
import { ProblemView } from '../../ui/problem';
import { Facts, Section, Side } from '../../ui/side';
import { Ago } from '../../ui/time';
import { Waiting } from '../../ui/waiting';
import { ComparisonPart } from './ComparisonPart';
import { IndicatorTrend } from './IndicatorTrend';
import { LineageInputs } from './LineageInputs';
import { ReadingsList } from './ReadingsList';
import { useLast, useLastText } from './recent';
import { Revisions } from './Revisions';
import { SignThis } from './signoffs/SignThis';
import { indicatorText } from './value';
import { WindowText } from './WindowText';

const recently = 30;

function History({ item }: { item: Lineage }) {
  const { t, label } = useWords();
  const from = useMemo(() => new Date(Date.parse(item.window.from) - recently * (Date.parse(item.window.to) - Date.parse(item.window.from))).toISOString(), [item.window.from, item.window.to]);
  const history = useOne<{ points: HistoryPoint[] }>(`/api/indicators/${segment(item.indicator)}/${segment(item.thing)}/history`, { from, to: item.window.to });
  const lines = useMemo(() => {
    if (history.data === undefined) return [];
    const { points } = history.data;
    const again = points.map((point) => ({ ...point, value: point.recomputed ?? null }));
    return [{ name: item.thingName, points }, ...(again.some((point) => point.value !== null) ? [{ name: t('signoffs.recomputed'), points: again }] : [])];
  }, [history.data, item.thingName, t]);
  return <Section title={t('indicators.history')}><div style={{ height: 180 }}>{lines[0] !== undefined && <IndicatorTrend lines={lines} unit={item.unit} label={label(item.name)} />}</div></Section>;
}

/** That the figure stays as it was reported, and what it would be now. */
function SignedOffNote({ signed, unit }: { signed: SignedOff; unit: string }) {
  const { t, language } = useWords();
  const { open } = useOpen();
  const zone = useZone();
  const now = indicatorText(signed.recomputed, unit, language);
  return (
    <p data-testid="signed-off"><b>{t('indicators.signedOff')}</b> {t('indicators.signedOff.by', { name: signed.byName, at: moment(signed.at, zone, 'minute') })}
      {!signed.reported && <> · {t('indicators.signedOff.unreported')}</>}{signed.differs && <> · <Band band="orange" word={t('indicators.signedOff.recomputed', { value: `${now.text} ${now.unit}`.trim() })} /></>} <button type="button" className="link" onClick={() => { open('signoff', String(signed.signOff)); }}>{t('signoffs.see')}</button></p>
  );
}

/** @param lasting What the window is called when it is the last minutes; null when it is one of a calendar. */
function useFacts(lasting: string | null): (item: Lineage) => [string, ReactNode][] {
  const { t, label, language } = useWords();
  const zone = useZone();
  return (item) => {
    const formula = item.formula === '' ? t('indicators.weighted') : readable(item.formula, { name: (id) => label(item.inputs.find((input) => input.id === id)?.name) || id, value: (_, value) => value }, language);
    const target = typeof item.target === 'number' ? indicatorText(item.target, item.unit, language) : null;
    return [
      [t('indicators.window'), lasting ?? <WindowText key="window" window={item.window} full />],
      [t('indicators.computed'), <Ago key="computed" at={item.computedAt} />],
      ...(item.corrected ? [['', t('indicators.corrected')] as [string, string]] : []),
      ...(target === null ? [] : [[t('indicators.target'), `${target.text} ${target.unit}`.trim()] as [string, string]]),
      [t('indicators.formula'), <span key="formula" title={item.formula}>{formula}</span>],
      ...(item.definition?.current === false ? [['', <span key="definition" title={item.definition.body.formula}>{t('indicators.definition.old', { at: moment(item.definition.since, zone, 'minute') })}</span>] as [string, ReactNode]] : []),
    ];
  };
}

/** Where a figure comes from: window, formula, inputs and who contributed, bands, how it went before. */
export function LineageDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t, label, language } = useWords();
  const wanted = parseWhy(id);
  const [last] = useLast();
  const lastText = useLastText();
  const asked = last === null ? { at: wanted?.at, readings: true } : { last };
  const detail = useOne<Lineage>(`/api/indicators/${last === null ? '' : 'recent/'}${segment(wanted?.indicator ?? '')}/${segment(wanted?.thing ?? '')}`, asked, { enabled: wanted !== null, refetch: 30_000 });
  const item = detail.data;
  const factsOf = useFacts(last === null ? null : lastText(last));
  const shown = indicatorText(item?.value, item?.unit, language);
  return (
    <Side onClose={onClose} title={item === undefined ? '' : `${label(item.name)} · ${item.thingName}`} testId="lineage-drawer">
      {detail.error !== null && item === undefined && <ProblemView error={detail.error} retry={() => void detail.refetch()} />}
      {detail.isPending && <Waiting />}
      {item !== undefined && (
        <>
          <div className="row"><span className="big" data-testid="lineage-value">{shown.text}</span><span className="quiet">{shown.unit}</span>{item.band !== null && <Band band={item.band} word={label(item.bandMeaning)} />}</div>
          {item.value === null && <p className="quiet">{t('indicators.undefined')} – {t('indicators.undefined.help')}</p>}
          {item.signedOff !== null && item.signedOff !== undefined && <SignedOffNote signed={item.signedOff} unit={item.unit} />}
          <Facts rows={factsOf(item)} />
          <LineageInputs item={item} />
          {last === null && <><SignThis item={item} /><ReadingsList item={item} /><Revisions item={item} /><ComparisonPart item={item} /></>}
          {item.bands.length > 0 && <Section title={t('indicators.bands')}>
            <table className="plain-table"><tbody>{item.bands.map((band) => <tr key={band.band} className={band.band === item.band ? 'strong' : ''}><td><Band band={band.band} word={label(band.meaning)} /></td><td className="num">{bound(band.when, item.unit, language)}</td></tr>)}</tbody></table>
          </Section>}
          {last === null && <History item={item} />}
        </>
      )}
    </Side>
  );
}
