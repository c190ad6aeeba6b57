import { useQueryClient } from '@tanstack/react-query';
import { App, Checkbox, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useAll } from '../../api/all';
import { post } from '../../api/client';
import { useWords } from '../../context/preferences';
import { useScope } from '../../context/scope';
import { useSession } from '../../context/session';
import { useProblemWords } from '../../ui/problemWords';

interface Values { to: string; remark?: string; passCases?: boolean }

/** At the end of a shift: what is open and logged is written down, and the next one accepts it. */
export function MakeHandover({ onClose, onMade }: { onClose: () => void; onMade: (id: string) => void }) {
  const { t } = useWords();
  const { me } = useSession();
  const { message } = App.useApp();
  const client = useQueryClient();
  const scope = useScope();
  const problemWords = useProblemWords();
  const [form] = Form.useForm<Values>();
  const [busy, setBusy] = useState(false);
  const people = useAll<{ id: string; name: string }>('/api/assignees', { ...scope }, true, 30_000);
  const submit = (values: Values) => {
    setBusy(true);
    post<{ handover: { id: number } }>('/api/duty/handovers', { ...scope, ...values })
      .then((made) => { void client.invalidateQueries({ queryKey: ['rows', '/api/duty/handovers'] }); onMade(String(made.handover.id)); })
      .catch((error: unknown) => { void message.error(problemWords(error).line); })
      .finally(() => { setBusy(false); });
  };
  return (
    <Modal open title={t('duty.make')} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={t('duty.make')} cancelText={t('cancel')} okButtonProps={{ 'data-testid': 'duty-make-send' }}>
      <p className="quiet">{t('duty.make.help')}</p>
      <Form form={form} layout="vertical" onFinish={submit} data-testid="duty-form">
        <Form.Item name="to" label={t('duty.taker')} rules={[{ required: true, message: t('required') }]}><Select autoFocus showSearch={{ optionFilterProp: 'label' }} options={(people.data ?? []).filter((one) => one.id !== me.id).map((one) => ({ value: one.id, label: one.name }))} data-testid="duty-taker" /></Form.Item>
        <Form.Item name="remark" label={t('optional.of', { name: t('duty.remark') })}><Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} placeholder={t('duty.remark.help')} data-testid="duty-remark" /></Form.Item>
        <Form.Item name="passCases" valuePropName="checked"><Checkbox>{t('duty.pass')}</Checkbox></Form.Item>
      </Form>
    </Modal>
  );
}
