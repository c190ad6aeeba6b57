import { useRows } from '../../../api/hooks';
import type { Indicator } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { useScoped } from '../../../context/scope';
import { Live } from '../../../ui/live';
import { Band } from '../../../ui/marks';
import { useOpen, whyOf } from '../../../ui/open';
import { indicatorText } from '../../indicators/value';
import type { WidgetProps } from './props';

/** More cards than this in a row cannot be read; the rest is one click away in the list. */
const most = 8;

function Figure({ item, several, open }: { item: Indicator; several: boolean; open: () => void }) {
  const { label, language, t } = useWords();
  const shown = indicatorText(item.value, item.unit, language);
  return (
    <button type="button" className="figure" onClick={open} data-testid="figure" data-indicator={item.indicator} data-thing={item.thing} title={item.value === null ? t('indicators.undefined') : t('explain')}>
      <span className="top"><span className="clip">{label(item.name)}</span>{several && <span className="faint clip">{item.thingName}</span>}</span>
      <span className="value"><Live of={shown.text}><b>{shown.text}</b></Live><span className="unit">{shown.unit}</span>{item.band !== null && <Band band={item.band} word={label(item.bandMeaning)} />}</span>
    </button>
  );
}

export function Figures({ widget, thing }: WidgetProps) {
  const { t } = useWords();
  const { open } = useOpen();
  const list = useRows<Indicator>('/api/indicators', useScoped(thing === undefined ? { type: widget.of } : { thing }), { limit: 1000, refetch: 60_000 });
  const wanted = widget.indicators ?? [];
  const items = wanted.flatMap((id) => list.items.filter((item) => item.indicator === id && (thing === undefined || item.thing === thing)));
  const several = new Set(items.map((item) => item.thing)).size > 1;
  return (
    <div className="figures" data-testid="widget-figures">
      {items.slice(0, most).map((item) => <Figure key={whyOf(item)} item={item} several={several} open={() => { open('why', whyOf(item)); }} />)}
      {items.length === 0 && !list.loading && <div className="none faint" style={{ padding: 16 }}>{t('widget.nothing')}</div>}
    </div>
  );
}
