import { useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useAll } from '../../api/all';
import { post } from '../../api/client';
import type { Alarm, Case, CaseType, Severity } from '../../api/types';
import { useWords } from '../../context/preferences';
import { SeverityMark } from '../../ui/marks';
import { useProblemWords } from '../../ui/problemWords';
import { useThings } from '../directory/names';
import { fieldList } from './fields';
import { FieldInputs } from './FieldInputs';

interface Values { type: string; title: string; severity: Severity; thing?: string; fields?: Record<string, unknown> }
const severities: Severity[] = ['red', 'orange', 'yellow', 'blue'];

/** By hand, or from an alarm that opened none. */
export function NewCase({ alarm, onClose, onMade }: { alarm?: Alarm; onClose: () => void; onMade: (id: string) => void }) {
  const { t, label } = useWords();
  const { message } = App.useApp();
  const client = useQueryClient();
  const problemWords = useProblemWords();
  const [form] = Form.useForm<Values>();
  const [busy, setBusy] = useState(false);
  const [key] = useState(() => crypto.randomUUID());
  const types = useAll<CaseType>('/api/case-types');
  const things = useThings();
  const chosen = Form.useWatch('type', form) ?? types.data?.[0]?.id;
  const type = types.data?.find((one) => one.id === chosen);
  const submit = (values: Values) => {
    setBusy(true);
    post<Case>('/api/cases', { fields: {}, ...values, alarm: alarm?.id }, { 'Idempotency-Key': key })
      .then((made) => { void message.success(t('cases.created', { number: made.number })); void client.invalidateQueries({ queryKey: ['rows', '/api/cases'] }); onMade(made.id); })
      .catch((error: unknown) => { const words = problemWords(error); form.setFields([{ name: 'title', errors: [words.line] }]); })
      .finally(() => { setBusy(false); });
  };
  const required = [{ required: true, message: t('required') }];
  if (types.data === undefined) return null;
  return (
    <Modal open title={t('cases.create')} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={t('create')} cancelText={t('cancel')} okButtonProps={{ 'data-testid': 'case-save' }}>
      <Form form={form} layout="vertical" onFinish={submit} data-testid="case-form" initialValues={{ type: types.data[0]?.id, severity: alarm?.severity ?? 'yellow', thing: alarm?.thing, title: alarm === undefined ? '' : `${alarm.thingName} ${label(alarm.ruleName)}` }}>
        <Form.Item name="type" label={t('type')} rules={required}><Select options={types.data.map((one) => ({ value: one.id, label: label(one.name) }))} /></Form.Item>
        <Form.Item name="title" label={t('cases.subject')} rules={required}><Input maxLength={200} data-testid="case-title" /></Form.Item>
        <Form.Item name="severity" label={t('severity')} rules={required}><Select options={severities.map((one) => ({ value: one, label: <SeverityMark severity={one} /> }))} /></Form.Item>
        <Form.Item name="thing" label={t('optional.of', { name: t('thing') })}><Select allowClear showSearch={{ optionFilterProp: 'label' }} options={(things.data ?? []).map((one) => ({ value: one.id, label: one.name }))} /></Form.Item>
        <FieldInputs fields={fieldList(type?.fields)} required={[]} />
      </Form>
    </Modal>
  );
}
