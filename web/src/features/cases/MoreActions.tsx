import { DownOutlined, PrinterOutlined } from '@ant-design/icons';
import { Button, Dropdown, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useAll } from '../../api/all';
import { segment } from '../../api/client';
import type { CaseDetail, CaseType } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useSession } from '../../context/session';
import { useAct } from './useAct';

const steps = ['reassign', 'delegate', 'return', 'merge', 'restore', 'links', 'migrate'] as const;
type Step = (typeof steps)[number];
interface Values { to?: string; case?: string; state?: string; reason?: string }
const asksReason = (step: Step) => step === 'return' || step === 'merge' || step === 'restore' || step === 'migrate';

function StepForm({ item, step, onClose }: { item: CaseDetail; step: Step; onClose: () => void }) {
  const { t, label } = useWords();
  const { act, busy } = useAct(item);
  const [form] = Form.useForm<Values>();
  const person = step === 'reassign' || step === 'delegate';
  const people = useAll<{ id: string; name: string }>('/api/assignees', { case: item.id }, person, 30_000);
  const types = useAll<CaseType>('/api/case-types');
  const states = types.data?.find((one) => one.id === item.type)?.states ?? [];
  const submit = (values: Values) => {
    const body = step === 'merge' ? { into: values.case, reason: values.reason } : step === 'links' ? { case: values.case, reason: values.reason } : step === 'migrate' ? { state: values.state, reason: values.reason } : { to: values.to ?? null, reason: values.reason };
    act(step, body, onClose);
  };
  const required = [{ required: true, message: t('required') }];
  return (
    <Modal open title={t(`cases.${step}`)} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy !== null} okText={t(`cases.${step}`)} cancelText={t('cancel')} okButtonProps={{ 'data-testid': 'case-step-send' }}>
      <p className="quiet">{t(`cases.${step}.help`)}</p>
      <Form form={form} layout="vertical" onFinish={submit} data-testid="case-step-form">
        {person && <Form.Item name="to" label={t('cases.person')}><Select allowClear autoFocus showSearch={{ optionFilterProp: 'label' }} placeholder={t(step === 'reassign' ? 'cases.duty' : 'cases.nobody')} options={(people.data ?? []).map((one) => ({ value: one.id, label: one.name }))} data-testid="case-step-person" /></Form.Item>}
        {(step === 'merge' || step === 'links') && <Form.Item name="case" label={t('cases.number')} rules={required}><Input autoFocus placeholder="2026-000001" data-testid="case-step-case" /></Form.Item>}
        {step === 'migrate' && <Form.Item name="state" label={t('state')} initialValue={states.some((one) => one.id === item.state) ? item.state : undefined} rules={required}><Select options={states.map((one) => ({ value: one.id, label: label(one.name) }))} /></Form.Item>}
        <Form.Item name="reason" label={asksReason(step) ? t('cases.reason') : t('optional.of', { name: t('cases.reason') })} rules={asksReason(step) ? required : []}><Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} data-testid="case-step-reason" /></Form.Item>
      </Form>
    </Modal>
  );
}

/** What is done with a case now and then: who has it, what it belongs to, paper. */
export function MoreActions({ item }: { item: CaseDetail }) {
  const { t } = useWords();
  const { can } = useSession();
  const [step, setStep] = useState<Step | null>(null);
  const may: Record<Step, boolean> = {
    reassign: item.mayPass, delegate: item.mayPass && item.assignee !== null, return: item.mayPass && item.assignee !== null,
    merge: !item.final && can('operate'), restore: item.mergedInto !== null && item.mergedInto !== undefined && can('operate'), links: can('operate'), migrate: item.outdated && can('configure'),
  };
  const items = steps.filter((one) => may[one]).map((one) => ({ key: one, label: <span data-testid={`case-${one}`}>{t(`cases.${one}`)}</span> }));
  return (
    <div className="row wrap">
      {items.length > 0 && <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => { setStep(key as Step); } }}><Button data-testid="case-more">{t('cases.more')} <DownOutlined /></Button></Dropdown>}
      <Button icon={<PrinterOutlined />} href={`/cases/${segment(item.id)}/print`} target="_blank" data-testid="case-print">{t('cases.print')}</Button>
      {step !== null && <StepForm key={step} item={item} step={step} onClose={() => { setStep(null); }} />}
    </div>
  );
}
