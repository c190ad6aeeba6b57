import { Form, Input, Modal, Radio } from 'antd';
import { post, segment } from '../../../api/client';
import type { Report } from '../../../api/incidents';
import { useWords } from '../../../context/preferences';
import { useDo } from '../incidents/useIncidentAct';
import { IncidentPicker } from '../incidents/IncidentPicker';

interface Values { where: 'other' | 'own'; incident?: string; reason: string }

/** A report that belongs elsewhere: to another incident, or to one of its own. */
export function MoveReport({ report, onClose }: { report: Report; onClose: () => void }) {
  const { t } = useWords();
  const { run, busy } = useDo();
  const [form] = Form.useForm<Values>();
  const where = Form.useWatch('where', form) ?? 'own';
  const required = [{ required: true, message: t('required') }];
  const submit = (values: Values) => { run(() => post(`/api/reports/${segment(report.id)}/move`, { incident: values.where === 'own' ? null : values.incident, reason: values.reason }), onClose); };
  return (
    <Modal open title={t('reports.move')} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={t('reports.move')} cancelText={t('cancel')} okButtonProps={{ 'data-testid': 'move-send' }}>
      <p className="quiet">{t('reports.move.help')}</p>
      <Form form={form} layout="vertical" onFinish={submit} initialValues={{ where: 'own' }} data-testid="move-form">
        <Form.Item name="where"><Radio.Group options={[{ value: 'own', label: t('reports.move.own') }, { value: 'other', label: t('reports.move.other') }]} /></Form.Item>
        {where === 'other' && <Form.Item name="incident" label={t('incidents.what')} rules={required}><IncidentPicker type={report.type} not={report.incident} /></Form.Item>}
        <Form.Item name="reason" label={t('cases.reason')} rules={required}><Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} data-testid="move-reason" /></Form.Item>
      </Form>
    </Modal>
  );
}
