import { Button, Form, Modal, Progress, Select } from 'antd';
import { useState } from 'react';
import { useAll } from '../../api/all';
import { post, segment } from '../../api/client';
import { useOne } from '../../api/hooks';
import type { CommandBatch as Batch, Thing, TypeInfo } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useScope } from '../../context/scope';
import { useChange } from '../access/useChange';
import { Parameter } from './Parameter';

const path = '/api/command-batches';
const places = ['unconfirmed', 'waiting', 'sent', 'answered', 'timeout', 'canceled'] as const;

function Running({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useWords();
  const { change, busy } = useChange(path);
  const own = `${path}/${segment(id)}`;
  const batch = useOne<Batch>(own, {}, { refetch: 1000, stale: 0 }).data;
  const settled = batch === undefined ? 0 : batch.answered + batch.timeout + batch.canceled;
  const open = batch !== undefined && batch.unconfirmed + batch.waiting > 0;
  return (
    <Modal open title={t('batch.title')} onCancel={onClose} footer={<Button onClick={onClose}>{t('close')}</Button>}>
      {batch !== undefined && (
        <div className="stack" data-testid="batch-progress">
          <Progress percent={Math.round((settled / batch.total) * 100)} strokeColor="var(--accent)" />
          <table className="plain-table"><tbody>{places.map((place) => <tr key={place}><td>{t(`commands.status.${place}`)}</td><td className="num strong">{batch[place]}</td></tr>)}</tbody></table>
          <div className="row">
            {batch.unconfirmed > 0 && <Button type="primary" loading={busy} onClick={() => void change(() => post(`${own}/confirm`))} data-testid="batch-confirm">{t('commands.confirm')}</Button>}
            {open && <Button loading={busy} onClick={() => void change(() => post(`${own}/cancel`))} data-testid="batch-cancel">{t('batch.cancel')}</Button>}
          </div>
        </div>
      )}
    </Modal>
  );
}

/** The same command to many things of a type, with how far it is. */
export function CommandBatch({ onClose }: { onClose: () => void }) {
  const { t, label } = useWords();
  const { change, busy } = useChange(path);
  const [id, setId] = useState<string | null>(null);
  const [form] = Form.useForm<{ type?: string; command?: string; things?: string[]; parameters?: Record<string, unknown> }>();
  const chosen = Form.useWatch('type', form);
  const commandId = Form.useWatch('command', form);
  const types = (useAll<TypeInfo>('/api/types').data ?? []).filter((type) => !type.abstract && (type.commands ?? []).length > 0);
  const things = useAll<Thing>('/api/things', { ...useScope(), type: chosen ?? '' }, chosen !== undefined);
  const commands = types.find((type) => type.id === chosen)?.commands ?? [];
  const command = commands.find((one) => one.id === commandId);
  const required = [{ required: true, message: t('required') }];
  const options = (things.data ?? []).map((thing) => ({ value: thing.id, label: thing.name }));
  const submit = async (values: { command?: string; things?: string[]; parameters?: Record<string, unknown> }) => {
    const made = await change(() => post<{ id: string }>(path, { command: values.command, things: values.things, parameters: values.parameters ?? {} }), t('commands.sent'));
    if (made !== null) setId(made.id);
  };
  if (id !== null) return <Running id={id} onClose={onClose} />;
  return (
    <Modal open title={t('batch.title')} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={t('commands.send')} cancelText={t('cancel')}>
      <Form form={form} layout="vertical" onFinish={(values) => void submit(values)} data-testid="batch-form">
        <Form.Item name="type" label={t('type')} rules={required}><Select options={types.map((type) => ({ value: type.id, label: label(type.name) }))} onChange={() => { form.resetFields(['command', 'things', 'parameters']); }} /></Form.Item>
        <Form.Item name="command" label={t('commands.command')} rules={required}><Select options={commands.map((one) => ({ value: one.id, label: label(one.name) || one.id }))} /></Form.Item>
        {(command?.parameters ?? []).map((info) => <Form.Item key={info.id} name={['parameters', info.id]} label={label(info.name) || info.id} valuePropName={info.type === 'boolean' ? 'checked' : 'value'}><Parameter info={info} /></Form.Item>)}
        <Form.Item name="things" label={t('batch.things')} rules={required} extra={chosen !== undefined && options.length > 0 && <button type="button" className="link" onClick={() => { form.setFieldValue('things', options.map((one) => one.value)); }}>{t('batch.all', { count: options.length })}</button>}><Select mode="multiple" maxTagCount="responsive" optionFilterProp="label" options={options} /></Form.Item>
      </Form>
    </Modal>
  );
}
