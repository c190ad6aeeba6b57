import { Form, Input, Modal, Select } from 'antd';
import type { ReactNode } from 'react';
import { patch, post, segment } from '../../api/client';
import { useWords } from '../../context/preferences';
import { useNodeOptions } from './GrantFields';
import { useChange } from './useChange';

/** A node of a tree, new or changed. */
export function NodeForm({ path, title, idLabel, node, children, onClose }: { path: string; title: string; idLabel: string; node: { id: string } | null; children: ReactNode; onClose: () => void }) {
  const { t } = useWords();
  const { change, busy } = useChange(path);
  const [form] = Form.useForm<Record<string, unknown>>();
  const options = useNodeOptions(path);
  const required = [{ required: true, message: t('required') }];
  const submit = async (values: Record<string, unknown>) => {
    const done = await change(async () => { await (node === null ? post(path, values) : patch(`${path}/${segment(node.id)}`, values)); return true; });
    if (done) onClose();
  };
  return (
    <Modal open title={title} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={t('save')} cancelText={t('cancel')}>
      <Form form={form} layout="vertical" onFinish={(values) => void submit(values)} initialValues={node ?? { parent: options[0]?.value, kind: 'site' }} data-testid="node-form">
        <Form.Item name="id" label={idLabel} rules={required}><Input disabled={node !== null} /></Form.Item>
        <Form.Item name="name" label={t('name')} rules={required}><Input /></Form.Item>
        {node === null && <Form.Item name="parent" label={t('parent')} rules={required}><Select showSearch={{ optionFilterProp: 'title' }} options={options} /></Form.Item>}
        {children}
      </Form>
    </Modal>
  );
}
