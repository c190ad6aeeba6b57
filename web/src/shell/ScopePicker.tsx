import { Select } from 'antd';
import { useMemo, type CSSProperties } from 'react';
import { useAll } from '../api/all';
import type { Party, Region } from '../api/types';
import { usePreferences, useWords } from '../context/preferences';
import { treeOrder } from '../ui/tree';

type Node = Pick<Party | Region, 'id' | 'name' | 'parent'>;

/** Indented by depth; the root is the same as no choice, so it is left to that. */
function options(nodes: Node[], all: string) {
  const ordered = treeOrder(nodes);
  const roots = ordered.filter((row) => row.depth === 0);
  const hidden = roots.length === 1 ? roots[0]?.node.id : undefined;
  const shift = hidden === undefined ? 0 : 1;
  return [
    { value: '', label: all, title: all },
    ...ordered.filter((row) => row.node.id !== hidden).map(({ node, depth }) => ({ value: node.id, label: <span className="depth" style={{ '--depth': depth - shift } as CSSProperties}>{node.name}</span>, title: node.name })),
  ];
}

function One({ path, all, value, onChange, testId }: { path: string; all: string; value: string | null; onChange: (id: string | null) => void; testId: string }) {
  const nodes = useAll<Node>(path);
  const choices = useMemo(() => options(nodes.data ?? [], all), [nodes.data, all]);
  if (choices.length < 2 && value === null) return null;
  return (
    <Select
      className="scope" size="middle" value={value ?? ''} options={choices} popupMatchSelectWidth={220} data-testid={testId} aria-label={all}
      showSearch={{ optionFilterProp: 'title' }} onChange={(id: string) => { onChange(id === '' ? null : id); }}
    />
  );
}

/** Chosen once, and holds for every page. */
export function ScopePicker() {
  const { t } = useWords();
  const { party, region, change } = usePreferences();
  return (
    <>
      <One path="/api/parties" all={t('scope.party.all')} value={party} onChange={(id) => { change({ party: id }); }} testId="scope-party" />
      <One path="/api/regions" all={t('scope.region.all')} value={region} onChange={(id) => { change({ region: id }); }} testId="scope-region" />
    </>
  );
}
