import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo } from 'react';
import type { Block } from '../../../api/identifiers';
import { useWords } from '../../../context/preferences';
import { useUrl } from '../../../context/url';
import { CsvButton, ListOf } from '../../../ui/list';
import { useOpen } from '../../../ui/open';
import type { Column } from '../../../ui/table';
import { Ago } from '../../../ui/time';
import { PrefixViews } from '../prefixes/PrefixViews';
import { AddBlock } from './AddBlock';
import { blocksPath } from './block';
import { EndBlock } from './EndBlock';

function useColumns(): Column<Block>[] {
  const { t } = useWords();
  return useMemo(() => [
    { key: 'kind', title: t('block.kind'), width: 96, only: 'wide', render: (one) => t(`block.kind.${one.kind}`) },
    { key: 'target', title: t('block.target'), render: (one) => <span className={one.kind === 'identifier' ? 'strong mono' : 'strong'} title={`${one.targetName}: ${one.reason}`}>{one.targetName}</span> },
    { key: 'reason', title: t('block.reason'), width: '40%', only: 'wide', render: (one) => <span title={one.reason}>{one.reason}</span> },
    { key: 'by', title: t('block.by'), width: 128, only: 'wide', render: (one) => one.byName },
    { key: 'at', title: t('block.at'), width: 112, right: true, only: 'wide', render: (one) => <Ago at={one.at} /> },
    { key: 'end', title: '', width: 96, right: true, render: (one) => <EndBlock block={one} small /> },
  ], [t]);
}

/** What is blocked, as far as one may block it. */
export function Blocks() {
  const { t } = useWords();
  const { open, opened } = useOpen();
  const [adding, add] = useUrl('create');
  const columns = useColumns();
  const button = <Button type="primary" icon={<PlusOutlined />} onClick={() => { add('yes'); }} data-testid="block-add">{t('block.add')}</Button>;
  return (
    <>
      <div className="row wrap"><PrefixViews /><span className="grow" /><CsvButton path={blocksPath} query={{}} />{button}</div>
      <ListOf<Block>
        path={blocksPath} query={{}} columns={columns} keyOf={(one) => `${one.kind}/${one.target}`} testId="blocks" label={t('block')} chosen={`identifier/${opened('identifier') ?? ''}`}
        onPick={(one) => { if (one.kind === 'identifier') open('identifier', one.target); }} empty={{ title: t('block.empty'), help: t('block.empty.help'), action: button }}
      />
      {adding !== '' && <AddBlock onClose={() => { add(null); }} />}
    </>
  );
}
