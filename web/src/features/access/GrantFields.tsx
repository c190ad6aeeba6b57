import { Form, Select } from 'antd';
import type { CSSProperties } from 'react';
import { useAll } from '../../api/all';
import type { Party, Region } from '../../api/types';
import { useWords } from '../../context/preferences';
import { treeOrder } from '../../ui/tree';
import { roles } from './roles';

export function useNodeOptions(path: string) {
  const nodes = useAll<Pick<Party | Region, 'id' | 'name' | 'parent'>>(path);
  return treeOrder(nodes.data ?? []).map(({ node, depth }) => ({ value: node.id, label: <span className="depth" style={{ '--depth': depth } as CSSProperties}>{node.name}</span>, title: node.name }));
}

/** Role, party and region: a grant, and what a token is bounded by. */
export function GrantFields() {
  const { t } = useWords();
  const parties = useNodeOptions('/api/parties');
  const regions = useNodeOptions('/api/regions');
  const required = [{ required: true, message: t('required') }];
  return (
    <>
      <Form.Item name="role" label={t('role')} rules={required}><Select options={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))} /></Form.Item>
      <Form.Item name="party" label={t('party')} rules={required}><Select showSearch={{ optionFilterProp: 'title' }} options={parties} /></Form.Item>
      <Form.Item name="region" label={t('region')} rules={required}><Select showSearch={{ optionFilterProp: 'title' }} options={regions} /></Form.Item>
    </>
  );
}
