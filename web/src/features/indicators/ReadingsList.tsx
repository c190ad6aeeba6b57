import { address, segment } from '../../api/client';
import { useOne } from '../../api/hooks';
import type { Lineage, Readings } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useUrl } from '../../context/url';
import { useZone } from '../../context/zone';
import { number } from '../../format/numbers';
import { moment } from '../../format/times';
import { unitSign } from '../../format/units';
import { ProblemView } from '../../ui/problem';
import { Section } from '../../ui/side';
import { Waiting } from '../../ui/waiting';

/** A drawer is no place for more; the rest is exported. */
const most = 200;

/** The readings of one property of one thing in the window of a figure. */
export function ReadingsList({ item }: { item: Lineage }) {
  const { t, label, language } = useWords();
  const zone = useZone();
  const [behind, setBehind] = useUrl('behind');
  const [thing = '', property = ''] = behind.split('~');
  const query = { property, from: item.window.from, to: item.window.to, bucket: 'raw' };
  const path = `/api/things/${segment(thing)}/readings`;
  const readings = useOne<Readings>(path, query, { enabled: property !== '' });
  if (property === '') return null;
  const named = item.inputs.flatMap((input) => input.from).filter((share) => share.thing === thing);
  const name = `${named[0]?.thingName ?? thing} · ${label(named.flatMap((share) => share.readings ?? []).find((one) => one.property === property)?.propertyName) || property}`;
  const points = readings.data?.points ?? [];
  const tools = <><a className="link small" href={address(path, { ...query, format: 'csv' })} download>CSV</a><button type="button" className="link small" onClick={() => { setBehind(null); }}>{t('close')}</button></>;
  return (
    <Section title={t('indicators.readings.title', { name })} tools={tools}>
      {readings.error !== null && <ProblemView error={readings.error} retry={() => void readings.refetch()} />}
      {readings.isPending && <Waiting rows={4} />}
      {readings.data !== undefined && (
        <table className="plain-table" data-testid="lineage-reading-list">
          <thead><tr><th>{t('indicators.readings.time')}</th><th className="num">{t('value')} {unitSign(readings.data.unit, language)}</th></tr></thead>
          <tbody>{points.slice(0, most).map((point) => <tr key={String(point[0])}><td>{moment(Number(point[0]), zone)}</td><td className="num">{typeof point[1] === 'number' ? number(point[1], language) : String(point[1])}</td></tr>)}</tbody>
        </table>
      )}
      {points.length > most && <p className="quiet small">{t('indicators.readings.more', { count: most })}</p>}
    </Section>
  );
}
