import type { IdentifierDetail, IdentifierValue } from '../../../api/identifiers';
import { useRows } from '../../../api/hooks';
import { useWords } from '../../../context/preferences';
import { duration } from '../../../format/durations';
import { ProblemView } from '../../../ui/problem';
import { Section } from '../../../ui/side';
import { At } from '../../../ui/time';
import { useAudienceText } from './audience';
import { linkValueOf } from '../links/link';
import { changesOf, handlePath, textOf, type Part, type ValueChange } from './handle';

/** What a value says, in a line. */
function saying({ type, data }: IdentifierValue): string {
  const link = linkValueOf(type, data);
  return link === null ? textOf(data) : `${link.title} (${link.linkType}): ${link.href}`;
}

function Change({ change }: { change: ValueChange }) {
  const { t, language } = useWords();
  const audience = useAudienceText();
  const { before, after, parts } = change;
  const one = after ?? before;
  if (one === null) return null;
  const shown = (value: typeof one, part: Part) => ({ type: value.type, text: saying(value), ttl: duration(value.ttl, language), read: audience(value.read) })[part];
  return (
    <li data-testid="value-change">
      <span className="faint">{one.index} </span><b className="mono">{one.type}</b>{' '}
      {before === null || after === null
        ? <><span className="tag">{t(before === null ? 'identifier.change.added' : 'identifier.change.removed')}</span> <span className={before === null ? 'break' : 'break gone'}>{saying(one)}</span></>
        : parts.map((part) => <div key={part} className="break"><span className="faint">{t(`identifier.change.${part}`)} </span><span className="gone">{shown(before, part)}</span> → {shown(after, part)}</div>)}
    </li>
  );
}

/** What changed from version to version, by whom and when; newest first. */
export function Versions({ handle, version }: { handle: string; version: number }) {
  const { t } = useWords();
  const rows = useRows<IdentifierDetail>(`/api/identifier-versions/${handlePath(handle)}`, { of: version });
  if (rows.error !== null) return <Section title={t('identifier.versions')}><ProblemView error={rows.error} retry={rows.retry} /></Section>;
  return (
    <Section title={t('identifier.versions')}>
      <ol className="story" data-testid="identifier-versions">
        {rows.items.map((one, at) => {
          const before = rows.items[at + 1] ?? null;
          const changes = changesOf(before, one);
          return (
            <li key={one.version} data-testid="identifier-version">
              <div className="row wrap"><b>{t('identifier.version')} {one.version}</b>{one.deleted ? <span className="tag">{t('identifier.deleted')}</span> : before === null && <span className="tag">{t('identifier.versions.first')}</span>}<span className="quiet small">{one.byName} · <At at={one.at} shape="minute" /></span></div>
              {changes.length === 0 ? <p className="faint small">{t('identifier.versions.same')}</p> : <ul className="changes small">{changes.map((change) => <Change key={change.index} change={change} />)}</ul>}
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
