import { Checkbox, DatePicker, Form, Input, Modal, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useRef } from 'react';
import { post } from '../../../api/client';
import type { Warning } from '../../../api/incidents';
import type { Severity } from '../../../api/types';
import { useNow } from '../../../context/now';
import { usePreferences, useWords } from '../../../context/preferences';
import { useScope } from '../../../context/scope';
import { useSession } from '../../../context/session';
import { useNodeOptions } from '../../access/GrantFields';
import { useChange } from '../../access/useChange';
import { useRegionName } from '../../directory/names';
import { Colour } from '../Marks';
import { momentAt } from '../../../format/wallClock';
import { moment } from '../../../format/times';
import { useZone } from '../../../context/zone';
import { categories, colourIn, headlineOf, marked, severities } from './warning';

interface Values { event: string; severity: Severity; category: string; regions: string[]; headline: string; description: string; instruction?: string; to: Dayjs; exercise: boolean }
const hours = [1, 3, 6, 12, 24];
const usualHours = 6;
const shape = 'YYYY-MM-DDTHH:mm';

/** A warning that is issued: a new one, or one in place of what was said before. */
export function WarningForm({ before, onClose, onIssued }: { before?: Warning; onClose: () => void; onIssued: (issued: Warning) => void }) {
  const { t } = useWords();
  const { exercise } = usePreferences();
  const { system } = useSession();
  const simulated = (system.simulatedSpeed ?? null) !== null;
  const scope = useScope();
  const { change, busy } = useChange('/api/warnings');
  const regions = useNodeOptions('/api/regions');
  const regionName = useRegionName();
  const zone = useZone();
  const now = useNow();
  // What pickers show is the clock of the installation, whatever the browser's is.
  const shown = (time: string | number) => dayjs(moment(time, zone));
  const later = (count: number) => shown(now + count * 3_600_000);
  const at = (value: Dayjs) => momentAt(value.format(shape), zone);
  const [form] = Form.useForm<Values>();
  const required = [{ required: true, whitespace: true, message: t('required') }];
  const chosen = [{ required: true, message: t('required') }];
  // The headline follows what is filled in until a person writes one.
  const written = useRef(before !== undefined);
  const follow = (changed: Partial<Values>, all: Values) => {
    if ('headline' in changed) written.current = (changed.headline ?? '') !== '';
    else if (!written.current) form.setFieldValue('headline', headlineOf((all.regions ?? []).map(regionName), all.event ?? '', all.severity));
    // A complaint goes as soon as what it was about changes; leaving the field judges it anew.
    if (form.getFieldError('headline').length > 0) form.setFields([{ name: 'headline', errors: [] }]);
  };
  const submit = async (values: Values) => {
    const { to, ...said } = values;
    const body = { ...said, headline: marked(said.headline.trim(), simulated), to: at(to), party: before?.party ?? scope.party, replaces: before?.id };
    const issued = await change(() => post<Warning>('/api/warnings', body), t('warnings.issued'));
    if (issued !== null) onIssued(issued);
  };
  const first: Partial<Values> = before === undefined ? { category: 'Met', to: later(usualHours), exercise, regions: scope.region === undefined ? [] : [scope.region] }
    : { event: before.event, severity: before.severity, category: 'Met', regions: before.regions, headline: before.headline, description: before.description, instruction: before.instruction, to: shown(before.to), exercise: before.exercise };
  const word = t(before === undefined ? 'warnings.issue' : 'warnings.update');
  return (
    <Modal open title={word} width={680} style={{ top: 40 }} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={word} cancelText={t('cancel')} okButtonProps={{ 'data-testid': 'warning-send' }}>
      <div className="stack tight form-intro"><p className="quiet">{t(before === undefined ? 'warnings.issue.help' : 'warnings.update.help')}</p>{simulated && <p className="callout small" data-testid="warning-simulated">{t('warnings.simulated')}</p>}</div>
      <Form form={form} layout="vertical" onFinish={(values) => void submit(values)} onValuesChange={follow} initialValues={first} className="dense-form" data-testid="warning-form">
        <div className="form-pair">
          <Form.Item name="event" label={t('warnings.event')} rules={required}><Input autoFocus maxLength={60} placeholder={t('warnings.event.help')} data-testid="warning-event" /></Form.Item>
          <Form.Item name="severity" label={t('incidents.colour')} rules={chosen}><Select options={severities.map((one) => ({ value: one, label: <Colour severity={one} /> }))} data-testid="warning-severity" /></Form.Item>
          <Form.Item name="category" label={t('warnings.category')} rules={chosen}><Select options={categories.map((one) => ({ value: one as string, label: t(`warnings.category.${one}`) }))} /></Form.Item>
          <Form.Item name="to" label={t('warnings.to')} rules={[...chosen, { validator: (_, value: Dayjs | null | undefined) => !value || Date.parse(at(value)) > now ? Promise.resolve() : Promise.reject(new Error(t('warnings.to.past'))) }]}>
            <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" presets={hours.map((count) => ({ label: t('warnings.hours', { count }), value: () => later(count) }))} style={{ width: '100%' }} />
          </Form.Item>
        </div>
        <Form.Item name="regions" label={t('warnings.regions')} rules={chosen}><Select mode="multiple" showSearch={{ optionFilterProp: 'title' }} options={regions} optionLabelProp="title" maxTagCount="responsive" data-testid="warning-regions" /></Form.Item>
        <Form.Item name="headline" label={t('warnings.headline')} validateTrigger="onBlur" rules={[...required, ({ getFieldValue }) => ({ validator: (_, text: string) => { const named = colourIn(text ?? ''); return named === null || named === getFieldValue('severity') ? Promise.resolve() : Promise.reject(new Error(t('warnings.headline.colour', { colour: t(`band.${named}`) }))); } })]}>
          <Input maxLength={156} placeholder={t('warnings.headline.help')} data-testid="warning-headline" />
        </Form.Item>
        <Form.Item name="description" label={t('warnings.text')} rules={required}><Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={4000} placeholder={t('warnings.text.help')} data-testid="warning-text" /></Form.Item>
        <Form.Item name="instruction" label={t('optional.of', { name: t('warnings.instruction') })}><Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={4000} placeholder={t('warnings.instruction.help')} data-testid="warning-instruction" /></Form.Item>
        <Form.Item name="exercise" valuePropName="checked" style={{ marginBottom: 0 }}><Checkbox disabled={before !== undefined}>{t('warnings.exercise')}</Checkbox></Form.Item>
      </Form>
    </Modal>
  );
}
