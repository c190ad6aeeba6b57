import { CaretRightOutlined } from '@ant-design/icons';
import { Button, DatePicker, Form, Input, InputNumber, Modal, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { post, segment } from '../../../api/client';
import type { Drill } from '../../../api/incidents';
import { usePreferences, useWords } from '../../../context/preferences';
import { useSession } from '../../../context/session';
import { useZone } from '../../../context/zone';
import { number } from '../../../format/numbers';
import { momentAt } from '../../../format/wallClock';
import { ListOf } from '../../../ui/list';
import type { Column } from '../../../ui/table';
import { At } from '../../../ui/time';
import { useAll } from '../../../api/all';
import type { Region } from '../../../api/types';
import { stateIcon } from '../../../ui/icons';
import { useDo } from '../incidents/useIncidentAct';
import { useQueryClient } from '@tanstack/react-query';

interface Values { name: string; time: [Dayjs, Dayjs]; speed: number; region?: string }
const fastest = 1000;

function Begin({ onClose, onBegun }: { onClose: () => void; onBegun: () => void }) {
  const { t } = useWords();
  const { run, busy } = useDo();
  const [form] = Form.useForm<Values>();
  const regions = useAll<Region>('/api/regions');
  const zone = useZone();
  const at = (value: Dayjs) => momentAt(value.format('YYYY-MM-DDTHH:mm'), zone);
  const required = [{ required: true, message: t('required') }];
  const submit = ({ name, time, speed, region }: Values) => { run(() => post('/api/drills', { name, from: at(time[0]), to: at(time[1]), speed, region }), onBegun); };
  return (
    <Modal open title={t('drills.begin')} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={t('drills.begin')} cancelText={t('cancel')} okButtonProps={{ 'data-testid': 'drill-send' }}>
      <p className="quiet form-intro">{t('drills.help')}</p>
      <Form form={form} layout="vertical" onFinish={submit} initialValues={{ speed: 60 }} data-testid="drill-form">
        <Form.Item name="name" label={t('name')} rules={required}><Input autoFocus maxLength={100} data-testid="drill-name" /></Form.Item>
        <Form.Item name="time" label={t('drills.time')} rules={required}><DatePicker.RangePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" disabledDate={(day) => day.isAfter(new Date())} style={{ width: '100%' }} /></Form.Item>
        <div className="row"><Form.Item name="speed" label={t('drills.speed')} rules={required}><InputNumber min={1} max={fastest} suffix="×" /></Form.Item>
          <Form.Item name="region" label={t('optional.of', { name: t('region') })} style={{ flex: 1 }}><Select allowClear showSearch={{ optionFilterProp: 'label' }} options={(regions.data ?? []).map((one) => ({ value: one.id, label: one.name }))} /></Form.Item></div>
      </Form>
    </Modal>
  );
}

/** A past time again, at a speed of one's own, told everywhere as an exercise. */
export function Drills() {
  const { t, language } = useWords();
  const { can } = useSession();
  const client = useQueryClient();
  const { exercise, change } = usePreferences();
  const { run, busy } = useDo();
  const [beginning, setBeginning] = useState(false);
  const again = () => { void client.invalidateQueries({ queryKey: ['rows', '/api/drills'] }); };
  const stop = (drill: Drill) => { run(() => post(`/api/drills/${segment(drill.id)}/stop`), again); };
  const share = (drill: Drill) => Math.min(100, Math.round((100 * (Date.parse(drill.at) - Date.parse(drill.from))) / (Date.parse(drill.to) - Date.parse(drill.from))));
  const columns: Column<Drill>[] = [
    { key: 'name', title: t('name'), render: (drill) => <span className="strong">{drill.name}</span> },
    { key: 'region', title: t('region'), width: 120, only: 'wide', render: (drill) => drill.regionName },
    { key: 'from', title: t('drills.time'), width: 220, only: 'wide', render: (drill) => <><At at={drill.from} shape="minute" /> – <At at={drill.to} shape="minute" /></> },
    { key: 'speed', title: t('drills.speed'), width: 72, right: true, only: 'wide', render: (drill) => `×${number(drill.speed, language)}` },
    { key: 'at', title: t('drills.at'), width: 120, only: 'wide', render: (drill) => <span className="risk"><b>{share(drill)}%</b><span className="meter"><i style={{ width: `${share(drill)}%` }} /></span></span> },
    { key: 'reports', title: t('incidents.reports'), width: 72, right: true, render: (drill) => number(drill.reports, language) },
    { key: 'state', title: t('state'), width: 96, slim: true, render: (drill) => <span className="mark"><i className={`mark tone-${drill.ended === null ? 'blue' : 'none'}`}>{drill.ended === null ? stateIcon.run : stateIcon.stop}</i><span>{t(drill.ended === null ? 'drills.running' : 'drills.over')}</span></span> },
    { key: 'started', title: t('drills.started'), width: 112, only: 'wide', render: (drill) => <At at={drill.started} shape="minute" /> },
    { key: 'stop', title: '', width: 80, right: true, render: (drill) => drill.ended === null && can('configure') && <Button size="small" loading={busy} onClick={(event) => { event.stopPropagation(); stop(drill); }} data-testid="drill-stop">{t('drills.stop')}</Button> },
  ];
  return (
    <>
      <div className="row wrap"><p className="quiet small grow">{t('drills.about')}</p><Button onClick={() => { change({ exercise: !exercise }); }} data-testid="exercise-switch">{t(exercise ? 'exercise.leave' : 'exercise.show')}</Button>{can('configure') && <Button type="primary" icon={<CaretRightOutlined />} onClick={() => { setBeginning(true); }} data-testid="drill-begin">{t('drills.begin')}</Button>}</div>
      <ListOf<Drill> path="/api/drills" query={{}} columns={columns} keyOf={(drill) => drill.id} testId="drills" label={t('drills.title')} refetch={5000} empty={{ title: t('drills.empty'), help: t('drills.empty.help') }} />
      {beginning && <Begin onClose={() => { setBeginning(false); }} onBegun={() => { setBeginning(false); change({ exercise: true }); again(); }} />}
    </>
  );
}
