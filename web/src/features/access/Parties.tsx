import { Form, Select } from 'antd';
import type { Party } from '../../api/types';
import { useWords } from '../../context/preferences';
import { NodeForm } from './NodeForm';
import { NodeTree } from './NodeTree';

function zones(): string[] {
  return Intl.supportedValuesOf('timeZone');
}

export function Parties() {
  const { t } = useWords();
  return (
    <NodeTree<Party>
      path="/api/parties" label={t('admin.parties')} createLabel={t('parties.create')} empty={{ title: t('parties.empty'), help: t('parties.empty.help') }}
      columns={[
        { key: 'id', title: t('parties.id'), width: '24%', render: (row) => <code className="quiet">{row.node.id}</code> },
        { key: 'zone', title: t('parties.zone'), width: '24%', render: (row) => row.node.zone ?? <span className="faint">{t('parties.inherited')}</span> },
      ]}
      form={(node, onClose) => <NodeForm path="/api/parties" title={node?.name ?? t('parties.create')} idLabel={t('parties.id')} node={node} onClose={onClose}><Form.Item name="zone" label={t('optional.of', { name: t('parties.zone') })}><Select allowClear showSearch options={zones().map((zone) => ({ value: zone, label: zone }))} placeholder={t('parties.inherited')} /></Form.Item></NodeForm>}
    />
  );
}
