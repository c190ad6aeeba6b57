import { ImportOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Segmented, Select } from 'antd';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { useRows } from '../../api/hooks';
import type { Thing } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useScoped } from '../../context/scope';
import { useSession } from '../../context/session';
import { useUrl } from '../../context/url';
import { CsvButton, ListOf } from '../../ui/list';
import { ConnectionMark } from '../../ui/marks';
import { useOpen } from '../../ui/open';
import { Page } from '../../ui/page';
import type { Column } from '../../ui/table';
import { Ago } from '../../ui/time';
import { subtree } from '../../ui/tree';
import { CommandBatch } from '../devices/CommandBatch';
import { useTypes, useTypeWords } from '../packs/typeWords';
import { SelectionBar } from './edits/SelectionBar';
import { useSelection } from './edits/useSelection';
import { inOrder, usePartyName, useRegionName, useThings } from './names';
import { NewThing } from './NewThing';
import { ThingTree } from './ThingTree';

function useColumns(): Column<Thing>[] {
  const { t } = useWords();
  const words = useTypeWords();
  const party = usePartyName();
  const region = useRegionName();
  const things = useThings();
  return useMemo(() => {
    const names = new Map((things.data ?? []).map((one) => [one.id, one.name]));
    return [
      { key: 'name', title: t('name'), width: '20%', render: (one) => <span className="strong">{one.name}</span> },
      { key: 'id', title: t('things.id'), only: 'wide', render: (one) => <code className="quiet">{one.id}</code> },
      { key: 'type', title: t('type'), width: '15%', render: (one) => words.type(one.type) },
      { key: 'parent', title: t('parent'), only: 'wide', render: (one) => (one.parent === null ? '–' : names.get(one.parent) ?? one.parent) },
      { key: 'party', title: t('party'), only: 'xwide', render: (one) => party(one.party) },
      { key: 'region', title: t('region'), only: 'xwide', render: (one) => region(one.region) },
      { key: 'connected', title: t('things.connection'), width: 96, render: (one) => <ConnectionMark connected={one.connected} heard={one.lastSeen !== null} /> },
      { key: 'seen', title: t('things.seen'), width: 120, right: true, only: 'wide', render: (one) => <Ago at={one.lastSeen} /> },
    ];
  }, [t, words, party, region, things.data]);
}

export default function ThingsPage() {
  const { t, label } = useWords();
  const { can } = useSession();
  const { open, opened } = useOpen();
  const types = useTypes();
  const all = useThings();
  const [type, setType] = useUrl('type');
  const [state, setState] = useUrl('state');
  const [q, setQ] = useUrl('q');
  const [under, setUnder] = useUrl('under');
  const [creating, setCreating] = useUrl('create');
  const [batch, setBatch] = useUrl('batch');
  const query = useScoped({ type, q });
  const inside = useMemo(() => (under === '' ? null : subtree(all.data ?? [], under)), [all.data, under]);
  const arrange = (rows: Thing[]) => inOrder(rows.filter((one) => (inside === null || inside.has(one.id)) && (state === '' || one.connected === (state === 'connected'))));
  const listed = useRows<Thing>('/api/things', query);
  const shown = () => arrange(listed.items).map((one) => one.id);
  const clear = () => { setType(null); setState(null); setQ(null); setUnder(null); };
  const selection = useSelection();
  const columns = useColumns();
  const tools = <>{can('configure') && <Link to="/imports"><Button icon={<ImportOutlined />} data-testid="things-import">{t('imports.open')}</Button></Link>}<CsvButton path="/api/things" query={query} />{can('operate') && <Button onClick={() => { setBatch('yes'); }} data-testid="batch-open">{t('batch.title')}</Button>}{can('configure') && <Button type="primary" icon={<PlusOutlined />} onClick={() => { setCreating('yes'); }} data-testid="thing-create">{t('things.create')}</Button>}</>;
  const choices = [{ value: '', label: t('filter.of', { name: t('type'), value: t('all') }) }, ...(types.data ?? []).filter((one) => !one.abstract).map((one) => ({ value: one.id, label: label(one.name) }))];
  return (
    <Page title={t('things.title')} tools={tools} testId="page-things">
      <div className="split">
        <ThingTree things={all.data ?? []} chosen={under} onChoose={setUnder} />
        <div className="right">
          <div className="row wrap">
            <Input.Search allowClear defaultValue={q} placeholder={t('things.search')} onSearch={(text) => { setQ(text); }} style={{ width: 240 }} data-testid="things-search" />
            <Select value={type} onChange={(value: string) => { setType(value); }} options={choices} style={{ width: 176 }} aria-label={t('type')} showSearch={{ optionFilterProp: 'label' }} data-testid="things-type" />
            <Segmented value={state} onChange={(value: string) => { setState(value); }} options={[{ value: '', label: t('all') }, { value: 'connected', label: t('online') }, { value: 'disconnected', label: t('offline') }]} data-testid="things-state" />
            <span className="grow" />
            {can('configure') && <SelectionBar selection={selection} shown={shown} />}
          </div>
          <ListOf<Thing>
            path="/api/things" query={query} columns={selection.on ? [selection.column, ...columns] : columns} keyOf={(one) => one.id} testId="things" label={t('things.title')} chosen={opened('thing')} onPick={(one) => { if (selection.on) selection.toggle(one.id); else open('thing', one.id); }}
            filtered={type !== '' || state !== '' || q !== '' || under !== ''} onClear={clear} arrange={arrange}
            empty={{ title: t('things.empty'), help: t('things.empty.help'), action: can('configure') && <Button type="primary" onClick={() => { setCreating('yes'); }}>{t('things.create')}</Button> }}
          />
        </div>
      </div>
      {batch !== '' && <CommandBatch onClose={() => { setBatch(null); }} />}
      {creating !== '' && <NewThing parent={under === '' ? null : under} onClose={() => { setCreating(null); }} />}
    </Page>
  );
}
