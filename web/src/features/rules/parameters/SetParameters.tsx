import { Button, Form, Input, InputNumber, Modal } from 'antd';
import { remove, request, segment } from '../../../api/client';
import type { Thing, ThingRule } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { unitSign } from '../../../format/units';
import { At } from '../../../ui/time';
import { useChange } from '../../access/useChange';
import { ownValues } from './own';
import { useParameterText } from './parameterText';

interface Values { values: Record<string, number | null>; why: string }

/** Thresholds of a thing's own, with the reason, and the way back to the rule's. */
export function SetParameters({ thing, rule, onClose }: { thing: Thing; rule: ThingRule; onClose: () => void }) {
  const { t, label, language } = useWords();
  const text = useParameterText();
  const [form] = Form.useForm<Values>();
  const { change, busy } = useChange(`/api/things/${segment(thing.id)}/rules`);
  const path = `/api/things/${segment(thing.id)}/rules/${segment(rule.rule)}/parameters`;
  const close = (done: unknown) => { if (done !== null) onClose(); };
  const submit = async ({ values, why }: Values) => { close(await change(() => request('PUT', path, { body: { values: ownValues(rule.parameters, values), why } }), t('own.saved'))); };
  const reset = async () => { close(await change(async () => { await remove(path); return true; }, t('own.reset.done'))); };
  const range = (one: ThingRule['parameters'][number]) => (one.min === null || one.max === null ? '' : ` · ${t('own.range', { from: text(one, one.min), to: text(one, one.max) })}`);
  const footer = [
    rule.by !== null && <Button key="reset" loading={busy} onClick={() => void reset()} style={{ float: 'left' }} data-testid="own-reset">{t('own.reset')}</Button>,
    <Button key="cancel" onClick={onClose}>{t('cancel')}</Button>,
    <Button key="save" type="primary" loading={busy} onClick={() => { form.submit(); }} data-testid="own-save">{t('save')}</Button>,
  ];
  return (
    <Modal open title={`${thing.name} · ${label(rule.name)}`} onCancel={onClose} footer={footer}>
      <p className="quiet small">{t('own.help')}</p>
      {rule.by !== null && <p className="small">{t('own.by', { name: rule.byName ?? rule.by })} <span className="quiet"><At at={rule.at} shape="minute" /> · {rule.why}</span></p>}
      <Form form={form} layout="vertical" onFinish={(values) => void submit(values)} initialValues={{ values: Object.fromEntries(rule.parameters.map((one) => [one.id, one.value])) }} data-testid="own-form">
        {rule.parameters.map((one) => (
          <Form.Item key={one.id} name={['values', one.id]} label={label(one.name)} extra={`${t('own.default', { value: text(one, one.default) })}${range(one)}`} rules={[{ required: true, message: t('required') }]}>
            <InputNumber min={one.min ?? undefined} max={one.max ?? undefined} suffix={unitSign(one.unit, language)} style={{ width: 200 }} data-testid={`own-${one.id}`} />
          </Form.Item>
        ))}
        <Form.Item name="why" label={t('own.why')} rules={[{ required: true, whitespace: true, message: t('required') }]}><Input maxLength={500} data-testid="own-why" /></Form.Item>
      </Form>
    </Modal>
  );
}
