import { CaretDownOutlined, CaretRightOutlined } from '@ant-design/icons';
import { useMemo, useState } from 'react';
import type { Thing } from '../../api/types';
import { useWords } from '../../context/preferences';
import { treeOrder } from '../../ui/tree';
import { inOrder } from './names';

/** Only what has something below it: leaves are in the table. */
export function ThingTree({ things, chosen, onChoose }: { things: Thing[]; chosen: string; onChoose: (id: string | null) => void }) {
  const { t } = useWords();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => treeOrder(inOrder(things), closed).filter((row) => row.children > 0), [things, closed]);
  const toggle = (id: string) => { setClosed((before) => { const after = new Set(before); if (!after.delete(id)) after.add(id); return after; }); };
  const branch = useMemo(() => {
    const parents = new Set(things.map((one) => one.id));
    const kids = treeOrder(things).filter((row) => row.children > 0);
    return new Set(kids.filter((row) => row.node.parent !== null && parents.has(row.node.parent)).map((row) => row.node.parent));
  }, [things]);
  return (
    <nav className="panel tree" aria-label={t('things.tree')}>
      <div className="body flush thing-tree">
        <button type="button" className={chosen === '' ? 'node chosen' : 'node'} onClick={() => { onChoose(null); }} data-testid="tree-all">{t('things.tree.all')}<span className="n">{things.length}</span></button>
        {rows.map(({ node, depth, children }) => (
          <div key={node.id} className={chosen === node.id ? 'node chosen' : 'node'} style={{ paddingLeft: 8 + depth * 16 }} data-testid="tree-node">
            {branch.has(node.id) ? <button type="button" className="plain" aria-label={node.name} onClick={() => { toggle(node.id); }}>{closed.has(node.id) ? <CaretRightOutlined /> : <CaretDownOutlined />}</button> : <span style={{ width: 14 }} />}
            <button type="button" className="plain grow clip" title={node.name} onClick={() => { onChoose(node.id); }}>{node.name}</button><span className="n">{children}</span>
          </div>
        ))}
      </div>
    </nav>
  );
}
