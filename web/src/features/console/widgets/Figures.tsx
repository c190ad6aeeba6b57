import type { ReactNode } from 'react';
import type { Indicator } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { Live } from '../../../ui/live';
import { Band } from '../../../ui/marks';
import { useOpen, whyOf } from '../../../ui/open';
import { ThingName, usePlace } from '../../directory/place';
import { useFigures } from '../../indicators/recent';
import { indicatorText } from '../../indicators/value';
import type { WidgetProps } from './props';

interface CardProps { item: Indicator; open: () => void; small?: boolean; who?: ReactNode }

/** One figure, with its band; a press shows where it comes from. */
function Figure({ item, open, small = false, who }: CardProps) {
  const { label, language, t } = useWords();
  const shown = indicatorText(item.value, item.unit, language);
  const title = item.value === null ? t('indicators.undefined') : `${item.thingName} ${label(item.name)} · ${t('explain')}`;
  const value = <Live of={shown.text}><b>{shown.text}</b></Live>;
  return (
    <button type="button" className={small && item.unit === 's' ? 'figure long' : 'figure'} onClick={open} data-testid="figure" data-indicator={item.indicator} data-thing={item.thing} title={title}>
      {small
        ? <>{value}{item.band !== null && <Band band={item.band} word={label(item.bandMeaning)} icon />}<span className="who clip">{who}</span></>
        : <><span className="top clip">{label(item.name)}</span><span className="value">{value}<span className="unit">{shown.unit}</span>{item.band !== null && <Band band={item.band} word={label(item.bandMeaning)} />}</span></>}
    </button>
  );
}

/** More than so many side by side under one name cannot be read. */
const most = 4;

export function Figures({ widget, thing }: WidgetProps) {
  const { t, label, language } = useWords();
  const { open } = useOpen();
  const place = usePlace();
  const list = useFigures(thing === undefined ? { type: widget.of } : { thing });
  const groups = (widget.indicators ?? []).map((id) => list.items.filter((item) => item.indicator === id && (thing === undefined || item.thing === thing))).filter((group) => group.length > 0);
  // Where all have the same name it is the place that tells them apart.
  const whoOf = (item: Indicator, group: Indicator[]) => (group.every((other) => other.thingName === item.thingName) && place(item.thing) !== '' ? <span title={`${place(item.thing)} · ${item.thingName}`}>{place(item.thing)}</span> : <ThingName id={item.thing} name={item.thingName} />);
  return (
    <div className="figures" data-testid="widget-figures">
      {groups.map((group) => (group.length === 1
        ? group.map((item) => <Figure key={whyOf(item)} item={item} open={() => { open('why', whyOf(item)); }} />)
        : (
          <div key={group[0]?.indicator} className="figure-group">
            <span className="top clip">{label(group[0]?.name)} <span className="faint">{group[0] !== undefined && indicatorText(group[0].value, group[0].unit, language).unit}</span></span>
            <span className="parts">{group.slice(0, most).map((item) => <Figure key={whyOf(item)} small item={item} who={whoOf(item, group)} open={() => { open('why', whyOf(item)); }} />)}</span>
          </div>
        )))}
      {groups.length === 0 && !list.loading && <div className="none faint" style={{ padding: 16 }}>{t('widget.nothing')}</div>}
    </div>
  );
}
