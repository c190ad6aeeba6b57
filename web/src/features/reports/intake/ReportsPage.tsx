import { PlusOutlined, UploadOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import type { Report, ReportChannel } from '../../../api/incidents';
import { useWords } from '../../../context/preferences';
import { useSession } from '../../../context/session';
import { useUrl } from '../../../context/url';
import { CsvButton, ListOf } from '../../../ui/list';
import { useOpen } from '../../../ui/open';
import { Page } from '../../../ui/page';
import { Sections } from '../../../ui/sections';
import type { Column } from '../../../ui/table';
import { Ago } from '../../../ui/time';
import { Waiting } from '../../../ui/waiting';
import { useReal } from '../exercise';
import { useIncidentType } from '../useTypes';
import { UploadReports } from './UploadReports';

const Feeds = lazy(() => import('../feeds/Feeds').then((module) => ({ default: module.Feeds })));

const sections = ['list', 'feeds'] as const;
const channels: ReportChannel[] = ['form', 'api', 'upload', 'feed', 'open311', 'alarm', 'drill'];
const states = ['waiting', 'settled', 'setAside'] as const;

function useColumns(): Column<Report>[] {
  const { t, label } = useWords();
  return useMemo(() => [
    { key: 'at', title: t('reports.at'), width: 104, render: (item) => <Ago at={item.reportedAt} /> },
    { key: 'kind', title: t('reports.form.kind'), width: 96, only: 'wide', render: (item) => label(item.sourceKindName) },
    { key: 'source', title: t('reports.form.source'), width: '14%', only: 'wide', render: (item) => <span title={item.source}>{item.source || <span className="faint">–</span>}</span> },
    { key: 'text', title: t('reports.text'), render: (item) => <span title={item.text}>{item.title || item.text}</span> },
    { key: 'region', title: t('region'), width: 92, only: 'wide', render: (item) => item.regionName },
    { key: 'channel', title: t('reports.channel'), width: 88, only: 'xwide', render: (item) => t(`reports.channel.${item.channel}`) },
    { key: 'incident', title: t('incidents.what'), width: 112, render: (item) => item.incident ?? <span className="faint">{t(`reports.state.${item.state}`)}</span> },
    { key: 'how', title: t('reports.how'), width: 112, only: 'wide', render: (item) => item.how === null ? '–' : item.how === 'joined' ? t('likeness.joined', { score: Math.round((item.score ?? 0) * 100) }) : t(item.how === 'moved' ? 'reports.moved.short' : 'reports.began.short') },
  ] satisfies Column<Report>[], [t, label]);
}

/** Everything that came in, how it came, and what became of it. */
function ReportList() {
  const { t, label } = useWords();
  const { can } = useSession();
  const { open, opened } = useOpen();
  const type = useIncidentType(undefined);
  const [kind, setKind] = useUrl('kind');
  const [channel, setChannel] = useUrl('channel');
  const [state, setState] = useUrl('state');
  const [q, setQ] = useUrl('q');
  const query = useReal({ sourceKind: kind, channel, state, q });
  const columns = useColumns();
  const all = (name: string) => ({ value: '', label: t('filter.of', { name, value: t('all') }) });
  return (
    <>
      <div className="row wrap">
        <Select value={kind} onChange={(value: string) => { setKind(value); }} options={[all(t('reports.form.kind')), ...(type?.sources ?? []).map((one) => ({ value: one.id, label: label(one.name) }))]} style={{ width: 152 }} aria-label={t('reports.form.kind')} />
        <Select value={channel} onChange={(value: string) => { setChannel(value); }} options={[all(t('reports.channel')), ...channels.map((one) => ({ value: one as string, label: t(`reports.channel.${one}`) }))]} style={{ width: 136 }} aria-label={t('reports.channel')} />
        <Select value={state} onChange={(value: string) => { setState(value); }} options={[all(t('state')), ...states.map((one) => ({ value: one as string, label: t(`reports.state.${one}`) }))]} style={{ width: 128 }} aria-label={t('state')} />
        <Input.Search allowClear defaultValue={q} placeholder={t('reports.search')} onSearch={(text) => { setQ(text); }} style={{ width: 240 }} data-testid="reports-search" />
        <span className="grow" /><CsvButton path="/api/reports" query={query} />
      </div>
      <ListOf<Report>
        path="/api/reports" query={query} columns={columns} keyOf={(item) => item.id} testId="reports" label={t('reports.title')} chosen={opened('report')} onPick={(item) => { open('report', item.id); }}
        filtered={kind !== '' || channel !== '' || state !== '' || q !== ''} onClear={() => { setKind(null); setChannel(null); setState(null); setQ(null); }}
        empty={{ title: t('reports.empty'), help: t('reports.empty.help'), action: can('operate') && <Link to="/reports/new"><Button type="primary">{t('reports.new')}</Button></Link> }}
      />
    </>
  );
}

/** What came in; and by which feeds and addresses it comes. */
export default function ReportsPage() {
  const { t } = useWords();
  const { can } = useSession();
  const navigate = useNavigate();
  const chosen = useLocation().pathname.endsWith('/feeds') ? 'feeds' : 'list';
  const [uploading, setUploading] = useState(false);
  const tools = can('operate') && chosen === 'list' && <><Button icon={<UploadOutlined />} onClick={() => { setUploading(true); }} data-testid="reports-upload">{t('reports.upload')}</Button><Link to="/reports/new"><Button type="primary" icon={<PlusOutlined />} data-testid="report-new">{t('reports.new')}</Button></Link></>;
  return (
    <Page title={t('reports.title')} testId="page-reports" tools={tools} beside={<Sections names={[...sections]} chosen={chosen} word={(name) => t(`reports.section.${name}`)} onChoose={(name) => void navigate(name === 'list' ? '/reports' : '/reports/feeds')} testId="reports" />}>
      {chosen === 'list' && <ReportList />}
      <Suspense fallback={<Waiting />}>{chosen === 'feeds' && <Feeds />}</Suspense>
      {uploading && <UploadReports onClose={() => { setUploading(false); }} />}
    </Page>
  );
}
