import type { IncidentDetail, NearItem } from '../../../api/incidents';
import { useWords } from '../../../context/preferences';
import { number } from '../../../format/numbers';
import { Section } from '../../../ui/side';

function Rows({ items }: { items: NearItem[] }) {
  const { label, language } = useWords();
  return (
    <table className="plain-table"><tbody>
      {items.map((item) => <tr key={`${item.layer}${item.name}`}><td className="quiet">{label(item.layerName)}</td><td className="strong">{item.name}</td><td className="num">{number(item.kilometres, language, 1)} km</td><td className="quiet small">{item.contact ?? ''}</td></tr>)}
    </tbody></table>
  );
}

/** Who can be sent, and what is in danger, by their distance. */
export function NearList({ detail }: { detail: IncidentDetail }) {
  const { t } = useWords();
  const near = [...detail.near].sort((a, b) => a.kilometres - b.kilometres);
  const resources = near.filter((item) => item.resource);
  const endangered = near.filter((item) => !item.resource);
  return (
    <>
      <Section title={t('near.resources')}>{resources.length > 0 ? <div data-testid="near-resources"><Rows items={resources} /></div> : <p className="faint small">{t(detail.incident.position === null ? 'near.no.position' : 'near.none')}</p>}</Section>
      {endangered.length > 0 && <Section title={t('near.endangered')}><Rows items={endangered} /></Section>}
    </>
  );
}
