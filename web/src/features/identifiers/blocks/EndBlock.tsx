import { Button, Popconfirm } from 'antd';
import type { Block } from '../../../api/identifiers';
import { remove } from '../../../api/client';
import { useWords } from '../../../context/preferences';
import { useChange } from '../../access/useChange';
import { blockPath, blocksPath } from './block';

/** Ends a block, once it is confirmed. */
export function EndBlock({ block, small = false }: { block: Block; small?: boolean }) {
  const { t } = useWords();
  const { change, busy } = useChange(blocksPath);
  return (
    // A click in it is none on the row that it stands in.
    <span onClick={(event) => { event.stopPropagation(); }}>
      <Popconfirm title={t('block.end.ask', { target: block.targetName })} description={t('block.end.help')} okText={t('block.end')} okButtonProps={{ 'data-testid': 'block-end-sure' }} cancelText={t('cancel')} onConfirm={() => void change(() => remove(blockPath(block)).then(() => true), t('block.ended'))}>
        <Button size={small ? 'small' : 'middle'} loading={busy} data-testid="block-end">{t('block.end')}</Button>
      </Popconfirm>
    </span>
  );
}
