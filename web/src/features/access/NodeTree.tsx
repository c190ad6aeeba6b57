import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useAll } from '../../api/all';
import { useWords } from '../../context/preferences';
import { CsvButton } from '../../ui/list';
import { ProblemView } from '../../ui/problem';
import { Table, type Column } from '../../ui/table';
import { treeOrder, type TreeNode, type TreeRow } from '../../ui/tree';
import { Empty, Waiting } from '../../ui/waiting';

const nothing = {};

/** Parties and regions: the tree as indented rows, a click edits. */
export function NodeTree<T extends TreeNode & { name: string }>({ path, label, createLabel, empty, columns, form, tools }: { path: string; label: string; createLabel: string; empty: { title: string; help: string }; columns: Column<TreeRow<T>>[]; form?: (node: T | null, onClose: () => void) => ReactNode; tools?: ReactNode }) {
  const { t } = useWords();
  const nodes = useAll<T>(path);
  const [editing, setEditing] = useState<{ node: T | null } | null>(null);
  const rows = treeOrder(nodes.data ?? []);
  const all: Column<TreeRow<T>>[] = [{ key: 'name', title: t('name'), render: (row) => <span style={{ paddingLeft: row.depth * 20 }} className={row.children > 0 ? 'strong' : ''}>{row.node.name}</span> }, ...columns];
  const testId = path.replace('/api/', '');
  return (
    <>
      <div className="row"><span className="grow" />{tools}<CsvButton path={path} query={nothing} />{form !== undefined && <Button type="primary" icon={<PlusOutlined />} onClick={() => { setEditing({ node: null }); }} data-testid={`${testId}-create`}>{createLabel}</Button>}</div>
      {nodes.isPending && <Waiting />}
      {nodes.error !== null && <ProblemView error={nodes.error} retry={() => void nodes.refetch()} />}
      {nodes.data?.length === 0 && <div className="table-box"><Empty {...empty} /></div>}
      {rows.length > 0 && <Table rows={rows} columns={all} keyOf={(row) => row.node.id} testId={testId} label={label} onPick={(row) => { setEditing({ node: row.node }); }} />}
      {editing !== null && form?.(editing.node, () => { setEditing(null); })}
    </>
  );
}
