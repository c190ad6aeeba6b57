import { Link } from 'react-router';
import { segment } from '../../api/client';
import type { Lineage, ReadingsBehind, Share } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useUrl } from '../../context/url';
import { useZone } from '../../context/zone';
import { number } from '../../format/numbers';
import { moment } from '../../format/times';
import { known } from '../../i18n/translate';
import { useOpen, whyOf } from '../../ui/open';
import { Section } from '../../ui/side';
import { indicatorText } from './value';

/** So many contributors are shown at once; more stay folded. */
const atOnce = 12;

function Behind({ thing, readings }: { thing: string; readings: ReadingsBehind }) {
  const { t, label, language } = useWords();
  const zone = useZone();
  const [, setBehind] = useUrl('behind');
  const held = readings.before === null ? '' : t('indicators.readings.before', { at: moment(readings.before, zone, 'minute') });
  const span = readings.first === null || readings.last === null ? '' : `${moment(readings.first, zone, 'minute')} – ${moment(readings.last, zone, 'minute')}`;
  return (
    <button type="button" className="link small" onClick={() => { setBehind(`${thing}~${readings.property}`); }} data-testid="lineage-readings" data-property={readings.property}>
      {label(readings.propertyName)} · {readings.count === 0 ? t('indicators.readings.none') : t('indicators.readings', { count: number(readings.count, language) })} {span}{readings.corrected > 0 && ` · ${t('indicators.readings.corrected', { count: readings.corrected })}`}{held !== '' && ` · ${held}`}
    </button>
  );
}

function Who({ share, at }: { share: Share; at: string }) {
  const { t } = useWords();
  const { open } = useOpen();
  if (share.thing === '') return <span className="quiet">{t('indicators.hidden')}</span>;
  if (share.indicator !== null && share.indicator !== undefined) {
    const why = whyOf({ indicator: share.indicator, thing: share.thing }, at);
    return <button type="button" className="link" onClick={() => { open('why', why); }} data-testid="lineage-child">{share.thingName}</button>;
  }
  return share.thing.includes('@') ? <>{share.thingName}</> : <Link to={`/things/${segment(share.thing)}`}>{share.thingName}</Link>;
}

/** What went into a figure, who contributed, and the readings behind each. */
export function LineageInputs({ item }: { item: Lineage }) {
  const { t, label, language } = useWords();
  return (
    <Section title={t('indicators.inputs')}>
      {item.inputs.map((input) => {
        const shown = indicatorText(input.value, input.unit, language);
        const kind = `indicators.kind.${input.kind}`;
        const contributors = [...input.from].sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
        return (
          <details key={input.id} className="input" data-testid="lineage-input" open={contributors.length <= atOnce}>
            <summary><span className="grow">{label(input.name) || input.id} <span className="faint small">{known(kind) ? t(kind) : ''}{typeof input.weight === 'number' && ` · ${t('indicators.weight', { weight: number(input.weight, language) })}`}</span></span><b>{shown.text}</b> <span className="faint">{shown.unit}</span></summary>
            <table className="plain-table"><tbody>{contributors.map((one) => (
              <tr key={one.thing}>
                <td><Who share={one} at={item.window.from} />{typeof one.weight === 'number' && <span className="faint small"> {t('indicators.weight', { weight: number(one.weight, language) })}</span>}{one.readings?.map((readings) => <div key={readings.property}><Behind thing={one.thing} readings={readings} /></div>)}</td>
                <td className="num">{indicatorText(one.value, input.unit, language).text}</td>
              </tr>
            ))}</tbody></table>
          </details>
        );
      })}
    </Section>
  );
}
