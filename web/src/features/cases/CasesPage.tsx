import { PlusOutlined } from '@ant-design/icons';
import { AppstoreOutlined, BarChartOutlined, BarsOutlined, SwapOutlined } from '@ant-design/icons';
import { Button, Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useAll } from '../../api/all';
import type { Query } from '../../api/client';
import { useRows } from '../../api/hooks';
import type { Case, CaseType } from '../../api/types';
import { usePreferences, useWords } from '../../context/preferences';
import { useScoped } from '../../context/scope';
import { useSession } from '../../context/session';
import { useUrl } from '../../context/url';
import { CsvButton } from '../../ui/list';
import { useOpen } from '../../ui/open';
import { Page } from '../../ui/page';
import { BulkBar } from './BulkBar';
import { CaseBoard } from './CaseBoard';
import { CaseCauses } from './CaseCauses';
import { CaseList } from './CaseList';
import { HandOver } from './HandOver';
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
  const [layout, setLayout] = useUrl('layout', 'list');
  const [picked, pick] = useState<Case[]>([]);
  const [handing, setHanding] = useState(false);
  const types = useAll<CaseType>('/api/case-types');
  const tab = tabs.find((one) => one === chosen) ?? first;
  const { exercise } = usePreferences();
  const query = { ...queries[tab], type, q, ...(exercise ? { exercise: true } : {}) };
  const shown = types.data?.find((one) => one.id === type) ?? types.data?.[0];
  const board = layout === 'board' && shown !== undefined;
  const causes = layout === 'causes' && shown !== undefined;
  const tools = <><CsvButton path="/api/cases" query={useScoped(query)} />{can('operate') && <Button icon={<SwapOutlined />} onClick={() => { setHanding(true); }} data-testid="case-handover">{t('cases.handover')}</Button>}{can('operate') && <Button type="primary" icon={<PlusOutlined />} onClick={() => { setCreating('yes'); }} data-testid="case-create">{t('cases.create')}</Button>}</>;
  return (
    <Page title={t('cases.title')} testId="page-cases" tools={tools}>
      <div className="row wrap">
        {!causes && <Segmented value={tab} onChange={(value: string) => { choose(value); }} options={tabs.map((one) => ({ value: one, label: <span data-testid={`cases-${one}`}>{one === 'all' ? t('all') : t(`cases.${one}`)}</span> }))} />}
        <Select value={board || causes ? shown.id : type} onChange={(value: string) => { setType(value); }} options={[...(board || causes ? [] : [{ value: '', label: t('filter.of', { name: t('type'), value: t('all') }) }]), ...(types.data ?? []).map((one) => ({ value: one.id, label: label(one.name) }))]} style={{ width: 176 }} aria-label={t('type')} />
        {!causes && <Input.Search allowClear defaultValue={q} placeholder={t('search')} onSearch={(text) => { setQ(text); }} style={{ width: 220 }} data-testid="cases-search" />}
        <Segmented value={layout} onChange={(value: string) => { setLayout(value); }} options={[{ value: 'list', icon: <BarsOutlined />, label: <span data-testid="cases-list">{t('cases.list')}</span> }, { value: 'board', icon: <AppstoreOutlined />, label: <span data-testid="cases-board">{t('cases.board')}</span> }, { value: 'causes', icon: <BarChartOutlined />, label: <span data-testid="cases-causes">{t('cases.causes')}</span> }]} />
      </div>
      {picked.length > 0 && !board && !causes && <BulkBar chosen={picked} onClear={() => { pick([]); }} />}
      {causes ? <CaseCauses type={shown} /> : board ? <CaseBoard type={shown} query={{ mine: tab === 'mine' ? true : undefined, q, ...(exercise ? { exercise: true } : {}) }} /> : <CaseList query={query} filtered={type !== '' || q !== ''} onClear={() => { setType(null); setQ(null); }} picked={picked} onPickMany={can('operate') ? pick : undefined} />}
      {handing && <HandOver onClose={() => { setHanding(false); }} />}
      {creating !== '' && <NewCase onClose={() => { setCreating(null); }} onMade={(id) => { open('case', id); }} />}
    </Page>
  );
}
