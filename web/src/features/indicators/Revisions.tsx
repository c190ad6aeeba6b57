import { segment } from '../../api/client';
import { useRows } from '../../api/hooks';
import type { Lineage, Revision, RevisionCause } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useZone } from '../../context/zone';
import { moment } from '../../format/times';
import { known } from '../../i18n/translate';
import { Section } from '../../ui/side';
import { indicatorText } from './value';

function Why({ cause }: { cause: RevisionCause }) {
  const { t, label } = useWords();
  const zone = useZone();
  const key = `indicators.revision.${cause.kind}`;
  const at = cause.from === cause.to ? moment(cause.from, zone) : `${moment(cause.from, zone, 'minute')} – ${moment(cause.to, zone, 'minute')}`;
  const whole = cause.thingName === null || cause.property === null ? 'indicators.revision.mixed' : key;
  return (
    <div className="quiet small">
      {known(whole) ? t(whole, { thing: cause.thingName ?? '', property: label(cause.propertyName), count: cause.readings, at }) : ''}
      {cause.versions.length > 1 && <div>{t('indicators.revision.versions')} {cause.versions.map((version) => `${String(version.value)} (${moment(version.arrived, zone)})`).join(' → ')}</div>}
    </div>
  );
}

/** How the figure of this window changed after it stood: from what to what, why and when. */
export function Revisions({ item }: { item: Lineage }) {
  const { t, language } = useWords();
  const zone = useZone();
  const list = useRows<Revision>(`/api/indicators/${segment(item.indicator)}/${segment(item.thing)}/revisions`, { from: item.window.from, to: item.window.to }, { limit: 20, enabled: item.corrected });
  if (!item.corrected) return null;
  return (
    <Section title={t('indicators.revisions')}>
      <table className="plain-table" data-testid="revisions"><tbody>
        {list.items.map((revision) => (
          <tr key={revision.id}>
            <td>{moment(revision.at, zone)}{revision.cause !== null && <Why cause={revision.cause} />}</td>
            <td className="num">{indicatorText(revision.old.value, item.unit, language).text} → <b>{indicatorText(revision.new.value, item.unit, language).text}</b></td>
          </tr>
        ))}
      </tbody></table>
      {list.more && <button type="button" className="link" onClick={list.loadMore}>{t('more')}</button>}
    </Section>
  );
}
