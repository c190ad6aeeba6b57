import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import type { Prefix } from '../../../api/identifiers';
import { post, segment } from '../../../api/client';
import { useWords } from '../../../context/preferences';
import { useChange } from '../../access/useChange';
import { needsWhy, stepsOf, type Step } from './prefix';

function Ask({ prefix, step, onClose }: { prefix: Prefix; step: Step; onClose: () => void }) {
  const { t } = useWords();
  const { change, busy } = useChange('/api/prefixes');
  const [form] = Form.useForm<{ why?: string }>();
  const needed = needsWhy.has(step);
  const decide = async ({ why }: { why?: string }) => {
    const done = await change(() => post<Prefix>(`/api/prefixes/${segment(prefix.prefix)}/${step}`, { why: why?.trim() || null }, { 'If-Match': `"${prefix.version}"` }));
    if (done !== null) onClose();
  };
  const name = t('prefix.why');
  return (
    <Modal open title={`${t(`prefix.do.${step}`)} ${prefix.prefix}`} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={t(`prefix.do.${step}`)} cancelText={t('cancel')} okButtonProps={{ danger: needed, 'data-testid': 'prefix-decide-send' }}>
      <Form form={form} layout="vertical" onFinish={(values) => void decide(values)}>
        <p className="quiet">{t(`prefix.do.${step}.help`)}</p>
        <Form.Item name="why" label={needed ? name : t('optional.of', { name })} rules={needed ? [{ required: true, whitespace: true, message: t('required') }] : []} style={{ marginTop: 12 }}><Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} data-testid="prefix-why" /></Form.Item>
      </Form>
    </Modal>
  );
}

/** What may be decided about a prefix now, by who looks at it. */
export function Decide({ prefix }: { prefix: Prefix }) {
  const { t } = useWords();
  const [asking, ask] = useState<Step | null>(null);
  const open = stepsOf(prefix);
  return (
    <>
      {open.map((step) => <Button key={step} type={step === 'approve' || step === 'resume' ? 'primary' : 'default'} danger={step === 'withdraw'} onClick={() => { ask(step); }} data-testid={`prefix-${step}`}>{t(`prefix.do.${step}`)}</Button>)}
      {asking !== null && <Ask prefix={prefix} step={asking} onClose={() => { ask(null); }} />}
    </>
  );
}
