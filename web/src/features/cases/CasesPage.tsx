import { PlusOutlined } from '@ant-design/icons';
import { Button, Input, Segmented, Select } from 'antd';
import { useAll } from '../../api/all';
import type { Query } from '../../api/client';
import { useRows } from '../../api/hooks';
import type { Case, CaseType } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useScoped } from '../../context/scope';
import { useSession } from '../../context/session';
import { useUrl } from '../../context/url';
import { CsvButton } from '../../ui/list';
import { useOpen } from '../../ui/open';
import { Page } from '../../ui/page';
import { CaseList } from './CaseList';
import { NewCase } from './NewCase';

const tabs = ['mine', 'open', 'closed', 'all'] as const;
type Tab = (typeof tabs)[number];
const queries: Record<Tab, Query> = { mine: { mine: true, open: true }, open: { open: true }, closed: { open: false }, all: {} };

/** What waits for me comes first; where nothing does, what is open. */
function useFirstTab(): Tab {
  const mine = useRows<Case>('/api/cases', useScoped(queries.mine));
  return mine.loading || mine.items.length > 0 ? 'mine' : 'open';
}

export default function CasesPage() {
  const { t, label } = useWords();
  const { can } = useSession();
  const { open } = useOpen();
  const first = useFirstTab();
  const [chosen, choose] = useUrl('view');
  const [type, setType] = useUrl('type');
  const [q, setQ] = useUrl('q');
  const [creating, setCreating] = useUrl('create');
  const types = useAll<CaseType>('/api/case-types');
  const tab = tabs.find((one) => one === chosen) ?? first;
  const query = { ...queries[tab], type, q };
  const tools = <><CsvButton path="/api/cases" query={useScoped(query)} />{can('operate') && <Button type="primary" icon={<PlusOutlined />} onClick={() => { setCreating('yes'); }} data-testid="case-create">{t('cases.create')}</Button>}</>;
  return (
    <Page title={t('cases.title')} testId="page-cases" tools={tools}>
      <div className="row wrap">
        <Segmented value={tab} onChange={(value: string) => { choose(value); }} options={tabs.map((one) => ({ value: one, label: <span data-testid={`cases-${one}`}>{one === 'all' ? t('all') : t(`cases.${one}`)}</span> }))} />
        <Select value={type} onChange={(value: string) => { setType(value); }} options={[{ value: '', label: t('filter.of', { name: t('type'), value: t('all') }) }, ...(types.data ?? []).map((one) => ({ value: one.id, label: label(one.name) }))]} style={{ width: 176 }} aria-label={t('type')} />
        <Input.Search allowClear defaultValue={q} placeholder={t('search')} onSearch={(text) => { setQ(text); }} style={{ width: 220 }} data-testid="cases-search" />
      </div>
      <CaseList query={query} filtered={type !== '' || q !== ''} onClear={() => { setType(null); setQ(null); }} />
      {creating !== '' && <NewCase onClose={() => { setCreating(null); }} onMade={(id) => { open('case', id); }} />}
    </Page>
  );
}
