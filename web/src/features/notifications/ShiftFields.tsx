import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Select, TimePicker } from 'antd';
import { useWords } from '../../context/preferences';

/** A shift of a rota: when it is, and the teams that take turns; a team is one person or several. */
export function ShiftFields({ index, people, onRemove }: { index: number; people: { value: string; label: string }[]; onRemove?: () => void }) {
  const { t } = useWords();
  const required = [{ required: true, message: t('required') }];
  return (
    <div className="inset" data-testid="shift">
      <div className="form-grid">
        <Form.Item name={[index, 'name']} label={t('rotas.shift.name')} rules={[{ required: true, whitespace: true, message: t('required') }]}><Input data-testid="shift-name" /></Form.Item>
        <Form.Item name={[index, 'time']} label={t('rotas.period')} rules={required}><TimePicker.RangePicker order={false} format="HH:mm" minuteStep={5} allowClear={false} style={{ width: '100%' }} /></Form.Item>
      </div>
      <Form.List name={[index, 'teams']}>
        {(teams, { add, remove }) => (
          <div className="stack tight">
            {teams.map((team, number) => (
              <div key={team.key} className="row" style={{ alignItems: 'flex-end' }}>
                <Form.Item className="grow" name={team.name} label={t('rotas.team', { number: number + 1 })} rules={[{ required: true, type: 'array', min: 1, message: t('required') }]} style={{ marginBottom: 0 }}><Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={people} placeholder={t('rotas.team.people')} data-testid="shift-team" /></Form.Item>
                {teams.length > 1 && <Button icon={<DeleteOutlined />} aria-label={t('rotas.team.remove', { number: number + 1 })} title={t('rotas.team.remove', { number: number + 1 })} onClick={() => { remove(team.name); }} />}
              </div>
            ))}
            <div className="row"><Button size="small" icon={<PlusOutlined />} onClick={() => { add([]); }} data-testid="team-add">{t('rotas.team.add')}</Button><span className="grow" />{onRemove !== undefined && <Button size="small" icon={<DeleteOutlined />} onClick={onRemove}>{t('rotas.shift.remove')}</Button>}</div>
          </div>
        )}
      </Form.List>
    </div>
  );
}
