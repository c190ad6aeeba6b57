import { StopOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import type { Block } from '../../../api/identifiers';
import { useOne } from '../../../api/hooks';
import type { List } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { bandIcon } from '../../../ui/icons';
import { Ago } from '../../../ui/time';
import { AddBlock } from './AddBlock';
import { blocksPath } from './block';
import { EndBlock } from './EndBlock';

/** Whether an identifier is blocked, for whoever may block it, and a way to change that. */
export function BlockHandle({ handle }: { handle: string }) {
  const { t } = useWords();
  const [adding, add] = useState(false);
  const blocks = useOne<List<Block>>(blocksPath, { kind: 'identifier', target: handle }).data;
  if (blocks === undefined) return null;
  const block = blocks.items[0];
  if (block !== undefined) {
    return (
      <div className="stack tight" style={{ flex: '1 0 100%' }} data-testid="identifier-blocked">
        <p className="mark"><i className="mark tone-red">{bandIcon.red}</i><span>{t('block.is', { reason: block.reason })}</span></p>
        <div className="row wrap"><EndBlock block={block} /><span className="faint small">{block.byName} · <Ago at={block.at} /></span></div>
      </div>
    );
  }
  return (
    <>
      <Button icon={<StopOutlined />} onClick={() => { add(true); }} data-testid="identifier-block">{t('block.do')}</Button>
      {adding && <AddBlock handle={handle} onClose={() => { add(false); }} />}
    </>
  );
}
