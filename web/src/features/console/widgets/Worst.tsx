import { segment } from '../../../api/client';
import { useOne } from '../../../api/hooks';
import type { Indicator, Lineage } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { Band } from '../../../ui/marks';
import { useOpen, whyOf } from '../../../ui/open';
import { Panel } from '../../../ui/page';
import { Waiting } from '../../../ui/waiting';
import { ThingName } from '../../directory/place';
import { risingIsWorse } from '../../indicators/bands';
import { useFigures } from '../../indicators/recent';
import { indicatorText } from '../../indicators/value';
import type { WidgetProps } from './props';

export function Worst({ widget }: WidgetProps) {
  const { t, label, language } = useWords();
  const { open } = useOpen();
  const list = useFigures({ indicator: widget.indicator, type: widget.of });
  const valued = list.items.filter((item) => item.value !== null && item.indicator === widget.indicator);
  const sample = valued[0];
  const lineage = useOne<Lineage>(`/api/indicators/${segment(sample?.indicator ?? '')}/${segment(sample?.thing ?? '')}`, {}, { enabled: sample !== undefined, stale: 3_600_000 });
  const rising = risingIsWorse(lineage.data?.bands ?? []);
  const ranked = valued.sort((a, b) => (rising ? -1 : 1) * ((a.value ?? 0) - (b.value ?? 0))).slice(0, widget.count ?? 8);
  // What is below zero is long where it is far below.
  const below = ranked.some((item) => (item.value ?? 0) < 0);
  const lengthOf = (item: Indicator) => (below ? Math.max(0, -(item.value ?? 0)) : item.value ?? 0);
  const top = Math.max(1e-9, ...ranked.map(lengthOf), ranked[0]?.unit === '%' && !rising ? 1 : 0);
  const first = ranked[0];
  const name = first === undefined ? '' : label(first.name);
  return (
    <Panel title={t(rising ? 'widget.worst.high' : 'widget.worst', { name })} tools={indicatorText(first?.value, first?.unit, language).unit} testId="widget-worst">
      {list.loading && <Waiting rows={5} />}
      {ranked.length === 0 && !list.loading && <div className="none">{t('widget.nothing')}</div>}
      <ol className="ranked">
        {ranked.map((item) => (
          <li key={whyOf(item)}>
            <button type="button" onClick={() => { open('why', whyOf(item)); }} data-testid="worst-row" data-id={item.thing}>
              <Band band={item.band} word={label(item.bandMeaning)} icon />
              <span className="who clip"><ThingName id={item.thing} name={item.thingName} /></span>
              <span className="bar"><i style={{ width: `${Math.max(1, (100 * lengthOf(item)) / top)}%` }} /></span>
              <span className="num">{indicatorText(item.value, item.unit, language).text}</span>
            </button>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
