import { Form, Select } from 'antd';
import type { Region } from '../../api/types';
import { useWords } from '../../context/preferences';
import { known } from '../../i18n/translate';
import { ImportRegions } from './ImportRegions';
import { NodeForm } from './NodeForm';
import { NodeTree } from './NodeTree';
import { RegionOutline } from './RegionOutline';

const kinds = ['province', 'city', 'county', 'town', 'site'] as const;

export function Regions() {
  const { t } = useWords();
  const kindWord = (kind: string) => { const key = `regions.kind.${kind}`; return known(key) ? t(key) : '–'; };
  return (
    <NodeTree<Region>
      path="/api/regions" label={t('regions.title')} createLabel={t('regions.create')} empty={{ title: t('regions.empty'), help: t('regions.empty.help') }}
      columns={[
        { key: 'kind', title: t('regions.kind'), width: '20%', render: (row) => kindWord(row.node.kind) },
        { key: 'id', title: t('regions.code'), width: '24%', render: (row) => <code className="quiet">{row.node.id}</code> },
      ]}
      tools={<ImportRegions />}
      form={(node, onClose) => <NodeForm path="/api/regions" title={node?.name ?? t('regions.create')} idLabel={t('regions.code')} node={node} onClose={onClose}>{node !== null && <Form.Item label={t('regions.outline')}><RegionOutline id={node.id} /></Form.Item>}{node === null && <Form.Item name="kind" label={t('regions.kind')}><Select options={kinds.map((kind) => ({ value: kind, label: t(`regions.kind.${kind}`) }))} /></Form.Item>}</NodeForm>}
    />
  );
}
