import { SettingOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Applicant, Delegation, Prefix, PrefixChange } from '../../../api/identifiers';
import { segment } from '../../../api/client';
import { useOne, useRows } from '../../../api/hooks';
import { useWords } from '../../../context/preferences';
import { number } from '../../../format/numbers';
import { ProblemView } from '../../../ui/problem';
import { Facts, Section, Side } from '../../../ui/side';
import { Ago, At } from '../../../ui/time';
import { Waiting } from '../../../ui/waiting';
import { CompanyPrefixes } from './CompanyPrefixes';
import { Decide } from './Decide';
import { told, type Told } from './prefix';
import { PrefixCounts } from './PrefixCounts';
import { PrefixSettings } from './PrefixSettings';
import { PrefixState } from './PrefixState';

const hostOf = (delegation: Delegation | null) => (delegation === null ? null : `${delegation.host}:${delegation.port}`);

function Papers({ applicant }: { applicant: Applicant | null }) {
  const { t } = useWords();
  if (applicant === null) return <Section title={t('prefix.applicant')}><p className="faint small">{t('prefix.applicant.none')}</p></Section>;
  const rows: [string, React.ReactNode][] = [
    [t('prefix.organisation'), <b key="organisation">{applicant.organisation}</b>], [t('prefix.creditCode'), <code key="code">{applicant.creditCode ?? '–'}</code>], [t('prefix.industry'), applicant.industry ?? '–'],
    [t('prefix.purpose'), applicant.purpose], [t('prefix.contact'), applicant.contact],
    [t('prefix.phone'), applicant.phone === null ? '–' : <a key="phone" href={`tel:${applicant.phone}`}>{applicant.phone}</a>],
    [t('prefix.email'), applicant.email === null ? '–' : <a key="email" href={`mailto:${applicant.email}`}>{applicant.email}</a>],
  ];
  return <Section title={t('prefix.applicant')}><Facts rows={rows} /></Section>;
}

/** What a change was about: the state, or what was set without changing it. */
function Change({ change, before }: Told) {
  const { t, language } = useWords();
  const quota = (value: number | null) => (value === null ? t('prefix.quota.none') : number(value, language));
  const [host, hostBefore] = [hostOf(change.delegation), hostOf(before?.delegation ?? null)];
  return (
    <li data-testid="prefix-change">
      <div className="row wrap">
        {change.state !== before?.state && <PrefixState state={change.state} />}
        {before !== null && change.quota !== before.quota && <span>{t('prefix.history.quota', { from: quota(before.quota), to: quota(change.quota) })}</span>}
        {host !== hostBefore && <span>{host === null ? t('prefix.history.delegation.none') : t('prefix.history.delegation', { to: host })}</span>}
        <span className="quiet small">{change.byName} · <At at={change.at} shape="minute" /></span>
      </div>
      {change.why !== null && change.state !== before?.state && <p className="quiet break">{change.why}</p>}
    </li>
  );
}

function History({ path }: { path: string }) {
  const { t } = useWords();
  const rows = useRows<PrefixChange>(`${path}/history`);
  if (rows.error !== null) return <Section title={t('prefix.history')}><ProblemView error={rows.error} retry={rows.retry} /></Section>;
  return <Section title={t('prefix.history')}><ol className="story">{told(rows.items).map((one) => <Change key={one.change.version} {...one} />)}</ol></Section>;
}

/** A prefix: who holds it, what may be decided about it, what it is used for. */
export function PrefixDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t, language } = useWords();
  const path = `/api/prefixes/${segment(id)}`;
  const detail = useOne<Prefix>(path);
  const [setting, set] = useState(false);
  const prefix = detail.data;
  const title = <span className="mono">{id}</span>;
  const counted = prefix === undefined ? '' : `${number(prefix.identifiers, language)} / ${prefix.quota === null ? t('prefix.quota.none') : number(prefix.quota, language)}`;
  return (
    <Side onClose={onClose} title={title} testId="prefix-drawer" extra={prefix !== undefined && prefix.state !== 'applied' && prefix.state !== 'refused' && <Link to={`/identifiers/list?below=${segment(id)}`}><Button data-testid="prefix-identifiers">{t('prefix.open')}</Button></Link>}>
      {detail.error !== null && prefix === undefined && <ProblemView error={detail.error} retry={() => void detail.refetch()} />}
      {detail.isPending && <Waiting />}
      {prefix !== undefined && (
        <>
          <Facts rows={[
            [t('state'), <PrefixState key="state" state={prefix.state} />], ...(prefix.why === null ? [] : [[t('prefix.why'), prefix.why] satisfies [string, React.ReactNode]]),
            [t('prefix.holder'), prefix.partyName ?? prefix.party], [t('prefix.above'), prefix.above === null ? '–' : <code key="above">{prefix.above}</code>],
            [`${t('prefix.count')} / ${t('prefix.quota')}`, counted],
            [t('prefix.delegation'), hostOf(prefix.delegation) ?? t('prefix.delegation.here')], [t('prefix.applied'), <At key="applied" at={prefix.applied} />],
            [t('prefix.changed'), <span key="changed">{prefix.byName} · <Ago at={prefix.changed} /></span>],
          ]} />
          <div className="row wrap">
            <Decide key={prefix.version} prefix={prefix} />
            {prefix.mayReview && <Button icon={<SettingOutlined />} onClick={() => { set(true); }} data-testid="prefix-settings">{t('prefix.settings')}</Button>}
          </div>
          <Papers applicant={prefix.applicant} />
          {prefix.state !== 'applied' && prefix.state !== 'refused' && <CompanyPrefixes prefix={prefix} />}
          {prefix.state !== 'applied' && prefix.state !== 'refused' && <PrefixCounts prefix={prefix.prefix} />}
          <History path={path} />
          {setting && <PrefixSettings prefix={prefix} onClose={() => { set(false); }} />}
        </>
      )}
    </Side>
  );
}
