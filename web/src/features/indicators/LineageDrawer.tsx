import { useMemo } from 'react';
import { Link } from 'react-router';
import { segment } from '../../api/client';
import { useOne } from '../../api/hooks';
import type { HistoryPoint, Lineage } from '../../api/types';
import { useWords } from '../../context/preferences';
import { bound, readable } from '../../format/expression';
import { known } from '../../i18n/translate';
import { Band } from '../../ui/marks';
import { parseWhy } from '../../ui/open';
import { ProblemView } from '../../ui/problem';
import { Facts, Section, Side } from '../../ui/side';
import { Ago } from '../../ui/time';
import { Waiting } from '../../ui/waiting';
import { useLast, useLastText } from './recent';
import { IndicatorTrend } from './IndicatorTrend';
import { indicatorText } from './value';
import { WindowText } from './WindowText';

function Inputs({ item }: { item: Lineage }) {
  const { t, label, language } = useWords();
  return (
    <Section title={t('indicators.inputs')}>
      {item.inputs.map((input) => {
        const shown = indicatorText(input.value, input.unit, language);
        const kind = `indicators.kind.${input.kind}`;
        const contributors = [...input.from].sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
        return (
          <details key={input.id} className="input" data-testid="lineage-input">
            <summary><span className="grow">{label(input.name) || input.id} <span className="faint small">{known(kind) ? t(kind) : ''}</span></span><b>{shown.text}</b> <span className="faint">{shown.unit}</span></summary>
            <table className="plain-table"><tbody>{contributors.map((one) => <tr key={one.thing}><td>{one.thing === '' ? <span className="quiet">{t('indicators.hidden')}</span> : <Link to={`/things/${segment(one.thing)}`}>{one.thingName}</Link>}</td><td className="num">{indicatorText(one.value, input.unit, language).text}</td></tr>)}</tbody></table>
          </details>
        );
      })}
    </Section>
  );
}

const recently = 30;

function History({ item }: { item: Lineage }) {
  const { t, label } = useWords();
  const from = useMemo(() => new Date(Date.parse(item.window.from) - recently * (Date.parse(item.window.to) - Date.parse(item.window.from))).toISOString(), [item.window.from, item.window.to]);
  const history = useOne<{ points: HistoryPoint[] }>(`/api/indicators/${segment(item.indicator)}/${segment(item.thing)}/history`, { from, to: item.window.to });
  const lines = useMemo(() => (history.data === undefined ? [] : [{ name: item.thingName, points: history.data.points }]), [history.data, item.thingName]);
  return <Section title={t('indicators.history')}><div style={{ height: 180 }}>{lines[0] !== undefined && <IndicatorTrend lines={lines} unit={item.unit} label={label(item.name)} />}</div></Section>;
}

/** Where a figure comes from: window, formula, inputs and who contributed, bands, how it went before. */
export function LineageDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t, label, language } = useWords();
  const wanted = parseWhy(id);
  const [last] = useLast();
  const lastText = useLastText();
  const detail = useOne<Lineage>(`/api/indicators/${last === null ? '' : 'recent/'}${segment(wanted?.indicator ?? '')}/${segment(wanted?.thing ?? '')}`, last === null ? {} : { last }, { enabled: wanted !== null, refetch: 30_000 });
  const item = detail.data;
  const shown = indicatorText(item?.value, item?.unit, language);
  return (
    <Side onClose={onClose} title={item === undefined ? '' : `${label(item.name)} · ${item.thingName}`} testId="lineage-drawer">
      {detail.error !== null && item === undefined && <ProblemView error={detail.error} retry={() => void detail.refetch()} />}
      {detail.isPending && <Waiting />}
      {item !== undefined && (
        <>
          <div className="row"><span className="big" data-testid="lineage-value">{shown.text}</span><span className="quiet">{shown.unit}</span>{item.band !== null && <Band band={item.band} word={label(item.bandMeaning)} />}</div>
          {item.value === null && <p className="quiet">{t('indicators.undefined')} – {t('indicators.undefined.help')}</p>}
          <Facts rows={[[t('indicators.window'), last === null ? <WindowText key="window" window={item.window} full /> : lastText(last)], [t('indicators.computed'), <Ago key="computed" at={item.computedAt} />], ...(item.corrected ? [['', t('indicators.corrected')] as [string, string]] : []), [t('indicators.formula'), <span key="formula" title={item.formula}>{readable(item.formula, { name: (id) => label(item.inputs.find((input) => input.id === id)?.name) || id, value: (_, value) => value }, language)}</span>]]} />
          <Inputs item={item} />
          {item.bands.length > 0 && <Section title={t('indicators.bands')}>
            <table className="plain-table"><tbody>{item.bands.map((band) => <tr key={band.band} className={band.band === item.band ? 'strong' : ''}><td><Band band={band.band} word={label(band.meaning)} /></td><td className="num">{bound(band.when, item.unit, language)}</td></tr>)}</tbody></table>
          </Section>}
          {last === null && <History item={item} />}
        </>
      )}
    </Side>
  );
}
