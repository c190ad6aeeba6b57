import { DeleteOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAll } from '../../api/all';
import { put, remove, segment } from '../../api/client';
import { useRows } from '../../api/hooks';
import type { Relation, RelationKind } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useSession } from '../../context/session';
import { ProblemView } from '../../ui/problem';
import { Table, type Column } from '../../ui/table';
import { Empty, Waiting } from '../../ui/waiting';
import { useChange } from '../access/useChange';
import { useTypeWords } from '../packs/typeWords';
import { useThings } from './names';

/** Kind and direction as one choice: "powers", or "powered by" read backwards. */
function AddRelation({ thing, add, busy }: { thing: string; add: (kind: string, back: boolean, other: string) => void; busy: boolean }) {
  const { t, label } = useWords();
  const kinds = useAll<RelationKind>('/api/relation-kinds', {}, true, Infinity);
  const things = useThings();
  const [way, setWay] = useState<string | null>(null);
  const [other, setOther] = useState<string | null>(null);
  const ways = (kinds.data ?? []).flatMap((kind) => [{ value: `${kind.id} `, label: label(kind.name) }, { value: `${kind.id} back`, label: label(kind.back) }]);
  const submit = () => { const [kind = '', back] = (way ?? '').split(' '); add(kind, back === 'back', other ?? ''); setOther(null); };
  return (
    <div className="row wrap">
      <Select value={way} onChange={setWay} options={ways} placeholder={t('relations.kind')} aria-label={t('relations.kind')} style={{ width: 160 }} data-testid="relation-kind" />
      <Select value={other} onChange={setOther} options={(things.data ?? []).filter((one) => one.id !== thing).map((one) => ({ value: one.id, label: one.name }))} showSearch={{ optionFilterProp: 'label' }} placeholder={t('relations.other')} aria-label={t('relations.other')} style={{ width: 240 }} data-testid="relation-other" />
      <Button type="primary" disabled={way === null || other === null} loading={busy} onClick={submit} data-testid="relation-add">{t('relations.add')}</Button>
    </div>
  );
}

/** What a thing has to do with others, both ways. */
export function Relations({ thing }: { thing: string }) {
  const { t, label } = useWords();
  const { can } = useSession();
  const words = useTypeWords();
  const path = `/api/things/${segment(thing)}/relations`;
  const relations = useRows<Relation>(path);
  const { change, busy } = useChange('/api/things');
  const pathOf = (kind: string, back: boolean, other: string) => (back ? `/api/things/${segment(other)}/relations/${kind}/${segment(thing)}` : `${path}/${kind}/${segment(other)}`);
  const columns: Column<Relation>[] = [
    { key: 'kind', title: t('relations.kind'), width: '24%', render: (one) => label(one.name) },
    { key: 'other', title: t('relations.other'), render: (one) => <Link className="strong" to={`/things/${segment(one.other)}`}>{one.otherName}</Link> },
    { key: 'type', title: t('type'), width: '24%', only: 'wide', render: (one) => words.type(one.otherType) },
    { key: 'end', title: '', width: 48, render: (one) => can('configure') && <Button size="small" type="text" icon={<DeleteOutlined />} title={t('relations.remove')} aria-label={t('relations.remove')} onClick={() => void change(() => remove(pathOf(one.kind, one.back, one.other)))} data-testid="relation-remove" /> },
  ];
  if (relations.loading) return <Waiting />;
  if (relations.error !== null) return <ProblemView error={relations.error} retry={relations.retry} />;
  return (
    <div className="stack tight">
      {can('configure') && <AddRelation thing={thing} busy={busy} add={(kind, back, other) => void change(() => put(pathOf(kind, back, other)))} />}
      {relations.items.length === 0 ? <div className="table-box" data-testid="relations"><Empty title={t('relations.empty')} help={t('relations.empty.help')} /></div> : <Table rows={relations.items} columns={columns} keyOf={(one) => `${one.kind} ${one.back} ${one.other}`} testId="relations" label={t('thing.relations')} />}
    </div>
  );
}
