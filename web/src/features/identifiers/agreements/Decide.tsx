import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import type { Agreement, AgreementStep } from '../../../api/agreements';
import { post, segment } from '../../../api/client';
import { useWords } from '../../../context/preferences';
import { useChange } from '../../access/useChange';
import { needsReason, stepsOf } from './agreement';
import { agreementsPath } from './useAgreements';

function Ask({ agreement, step, onClose }: { agreement: Agreement; step: AgreementStep; onClose: () => void }) {
  const { t } = useWords();
  const { change, busy } = useChange('/api/');
  const [form] = Form.useForm<{ reason?: string }>();
  const needed = needsReason.has(step);
  const decide = async ({ reason }: { reason?: string }) => {
    const done = await change(() => post<Agreement>(`${agreementsPath}/${segment(agreement.id)}/${step}`, { reason: reason?.trim() || null }, { 'If-Match': `"${agreement.version}"` }), t(`agreement.done.${step}`));
    if (done !== null) onClose();
  };
  const name = t('agreement.reason');
  return (
    <Modal open title={t(`agreement.do.${step}`)} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={t(`agreement.do.${step}`)} cancelText={t('cancel')} okButtonProps={{ danger: needed, 'data-testid': 'agreement-decide-send' }}>
      <Form form={form} layout="vertical" onFinish={(values) => void decide(values)}>
        <p>{t('agreement.shows', { from: agreement.from.name, to: agreement.to.name })}</p>
        <p className="quiet">{t(`agreement.do.${step}.help`)}</p>
        <Form.Item name="reason" label={needed ? name : t('optional.of', { name })} rules={needed ? [{ required: true, whitespace: true, message: t('required') }] : []} style={{ marginTop: 12 }}><Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} data-testid="agreement-reason" /></Form.Item>
      </Form>
    </Modal>
  );
}

/** What may be done about an agreement now, by who looks at it. */
export function Decide({ agreement }: { agreement: Agreement }) {
  const { t } = useWords();
  const [asking, ask] = useState<AgreementStep | null>(null);
  const steps = stepsOf(agreement);
  if (steps.length === 0) return null;
  return (
    <div className="row wrap">
      {steps.map((step) => <Button key={step} type={step === 'accept' ? 'primary' : 'default'} danger={step === 'revoke'} onClick={() => { ask(step); }} data-testid={`agreement-${step}`}>{t(`agreement.do.${step}`)}</Button>)}
      {asking !== null && <Ask agreement={agreement} step={asking} onClose={() => { ask(null); }} />}
    </div>
  );
}
