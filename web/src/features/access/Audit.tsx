import { DatePicker, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { Link } from 'react-router';
import { useAll } from '../../api/all';
import { segment } from '../../api/client';
import type { ApiToken, AuditEntry, User } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useUrl } from '../../context/url';
import { useZone } from '../../context/zone';
import { momentAt } from '../../format/wallClock';
import { known } from '../../i18n/translate';
import { CsvButton, ListOf } from '../../ui/list';
import type { Column } from '../../ui/table';
import { At } from '../../ui/time';
import { usePartyName, useRegionName, useThings } from '../directory/names';
import { abouts, objectOf, routeOf, type About } from './auditText';

const outcomes = ['done', 'refused', 'failed'] as const;

/** HTTP statuses as people say them. */
function outcomeOf(status: number): (typeof outcomes)[number] {
  if (status < 400) return 'done';
  return status === 401 || status === 403 ? 'refused' : 'failed';
}

function useColumns(): Column<AuditEntry>[] {
  const { t } = useWords();
  const [party, region] = [usePartyName(), useRegionName()];
  const things = useThings();
  const users = useAll<User>('/api/users');
  const action = (entry: AuditEntry) => {
    const key = `audit.do.${routeOf(entry.action)}`;
    if (known(key)) return t(key);
    return entry.action.startsWith('GET ') ? t('audit.read') : entry.action;
  };
  const object = (entry: AuditEntry) => {
    const of = objectOf(entry.action, entry.target);
    if (of === null) return <span className="faint">{entry.target.startsWith('/') ? '–' : entry.target}</span>;
    if (of.kind === 'things') return <Link to={`/things/${segment(of.id)}`}>{things.data?.find((one) => one.id === of.id)?.name ?? of.id}</Link>;
    if (of.kind === 'cases') return <Link to={`/cases?case=${segment(of.id)}`}>{of.id}</Link>;
    if (of.kind === 'users') return users.data?.find((one) => one.id === of.id)?.name ?? of.id;
    return of.kind === 'parties' ? party(of.id) : of.kind === 'regions' ? region(of.id) : of.id;
  };
  return [
    { key: 'at', title: t('time'), width: 168, only: 'wide', render: (entry) => <At at={entry.at} /> },
    { key: 'minute', title: t('time'), width: 108, only: 'phone', render: (entry) => <At at={entry.at} shape="minute" /> },
    { key: 'actor', title: t('audit.actor'), width: '16%', render: (entry) => <span className="strong" title={entry.actor}>{entry.actorName}</span> },
    { key: 'action', title: t('audit.action'), render: (entry) => <span title={entry.action}>{action(entry)}</span> },
    { key: 'object', title: t('audit.target'), width: '18%', only: 'wide', render: (entry) => <span title={entry.target}>{object(entry)}</span> },
    { key: 'route', title: t('audit.route'), width: '24%', only: 'xwide', render: (entry) => <code className="faint" title={entry.target}>{entry.action.split(' ')[0]} {entry.target}</code> },
    { key: 'outcome', title: t('audit.outcome'), width: 80, render: (entry) => <span className={entry.outcome < 400 ? 'quiet' : 'strong'} title={String(entry.outcome)}>{t(`audit.outcome.${outcomeOf(entry.outcome)}`)}</span> },
  ];
}

function usePeople() {
  const users = useAll<User>('/api/users');
  const tokens = useAll<ApiToken>('/api/tokens');
  return [...(users.data ?? []), ...(tokens.data ?? [])].map((one) => ({ value: one.id, label: one.name }));
}

/** Who did what to what and when, and what came of it. */
export function Audit() {
  const { t } = useWords();
  const zone = useZone();
  const [user, setUser] = useUrl('actor');
  const [about, setAbout] = useUrl('about');
  const [target, setTarget] = useUrl('object');
  const [outcome, setOutcome] = useUrl('outcome');
  const [from, setFrom] = useUrl('from');
  const [to, setTo] = useUrl('to');
  const day = (text: string, days = 0) => (dayjs(text, 'YYYY-MM-DD').isValid() && text !== '' ? momentAt(dayjs(text).add(days, 'day').format('YYYY-MM-DDT00:00'), zone) : undefined);
  const query = { user, action: abouts[about as About] as string | undefined, target, outcome, from: day(from), to: day(to, 1) };
  const columns = useColumns();
  const people = usePeople();
  const clear = () => { setUser(null); setAbout(null); setTarget(null); setOutcome(null); setFrom(null); setTo(null); };
  const picker = (value: string, set: (text: string | null) => void, word: string) => <DatePicker value={value === '' ? null : dayjs(value)} onChange={(next) => { set(next?.format('YYYY-MM-DD') ?? null); }} placeholder={word} aria-label={word} style={{ width: 136 }} />;
  return (
    <>
      <div className="row wrap" data-testid="audit-filters">
        <Select allowClear showSearch={{ optionFilterProp: 'label' }} value={user === '' ? undefined : user} onChange={(value: string | undefined) => { setUser(value ?? null); }} options={people} placeholder={t('audit.anybody')} aria-label={t('audit.actor')} style={{ width: 168 }} data-testid="audit-actor" />
        <Select value={about} onChange={(value: string) => { setAbout(value); }} options={[{ value: '', label: t('filter.of', { name: t('audit.about'), value: t('all') }) }, ...(Object.keys(abouts) as About[]).map((one) => ({ value: one as string, label: t(`audit.about.${one}`) }))]} aria-label={t('audit.about')} style={{ width: 168 }} data-testid="audit-about" />
        <Select value={outcome} onChange={(value: string) => { setOutcome(value); }} options={[{ value: '', label: t('filter.of', { name: t('audit.outcome'), value: t('all') }) }, ...outcomes.map((one) => ({ value: one as string, label: t(`audit.outcome.${one}`) }))]} aria-label={t('audit.outcome')} style={{ width: 136 }} data-testid="audit-outcome" />
        <Input.Search allowClear key={target} defaultValue={target} placeholder={t('audit.object')} onSearch={(text) => { setTarget(text); }} style={{ width: 192 }} data-testid="audit-object" />
        {picker(from, setFrom, t('audit.from'))}
        {picker(to, setTo, t('audit.to'))}
        <span className="grow" /><CsvButton path="/api/audit" query={query} />
      </div>
      <ListOf<AuditEntry> path="/api/audit" query={query} columns={columns} keyOf={(entry) => String(entry.id)} testId="audit" label={t('admin.audit')} filtered={Object.values(query).some((value) => value !== undefined && value !== '')} onClear={clear} empty={{ title: t('audit.empty'), help: t('audit.empty.help') }} />
    </>
  );
}
