import { Button } from 'antd';
import { useState } from 'react';
import type { ErasedValue, IdentifierDetail, IdentifierValue } from '../../../api/identifiers';
import { useRows } from '../../../api/hooks';
import { useWords } from '../../../context/preferences';
import { duration } from '../../../format/durations';
import { ProblemView } from '../../../ui/problem';
import { Section } from '../../../ui/side';
import { At } from '../../../ui/time';
import { useAudienceText } from './audience';
import { linkValueOf } from '../links/link';
import { Erase } from './Erase';
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

/** A value that is not there any more, and who erased it why. */
function Erased({ erased }: { erased: ErasedValue }) {
  const { t } = useWords();
  return <li data-testid="value-erased"><span className="tag">{t('erased.is', { index: erased.index })}</span> <span className="quiet">{erased.byName} · <At at={erased.at} shape="minute" /></span><div className="break">{erased.reason}</div></li>;
}

/** What changed from version to version, by whom and when; newest first. */
export function Versions({ handle, version, mayErase }: { handle: string; version: number; mayErase: boolean }) {
  const { t } = useWords();
  const rows = useRows<IdentifierDetail>(`/api/identifier-versions/${handlePath(handle)}`, { of: version });
  const [erasing, erase] = useState<number | null>(null);
  if (rows.error !== null) return <Section title={t('identifier.versions')}><ProblemView error={rows.error} retry={rows.retry} /></Section>;
  return (
    <Section title={t('identifier.versions')}>
      <ol className="story" data-testid="identifier-versions">
        {rows.items.map((one, at) => {
          const before = rows.items[at + 1] ?? null;
          // What was erased of one of the two did not change between them.
          const gone = new Set([...one.erased, ...(before?.erased ?? [])].map((each) => each.index));
          const changes = changesOf(before, one).filter((change) => !gone.has(change.index));
          return (
            <li key={one.version} data-testid="identifier-version">
              <div className="row wrap"><b>{t('identifier.version')} {one.version}</b>{one.deleted ? <span className="tag">{t('identifier.deleted')}</span> : before === null && <span className="tag">{t('identifier.versions.first')}</span>}<span className="quiet small">{one.byName} · <At at={one.at} shape="minute" /></span><span className="grow" />{mayErase && at > 0 && one.values.length > 0 && <Button size="small" type="text" onClick={() => { erase(one.version); }} data-testid="version-erase">{t('erase')}</Button>}</div>
              {changes.length === 0 && one.erased.length === 0 ? <p className="faint small">{t('identifier.versions.same')}</p> : <ul className="changes small">{changes.map((change) => <Change key={change.index} change={change} />)}{one.erased.map((each) => <Erased key={each.index} erased={each} />)}</ul>}
            </li>
          );
        })}
      </ol>
      {erasing !== null && <Erase handle={handle} version={erasing} onClose={() => { erase(null); }} />}
    </Section>
  );
}
