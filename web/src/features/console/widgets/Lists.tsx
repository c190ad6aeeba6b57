import { Link } from 'react-router';
import { useAll } from '../../../api/all';
import { useRows } from '../../../api/hooks';
import type { Alarm, Case, CaseType } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { useScoped } from '../../../context/scope';
import { bandIcon } from '../../../ui/icons';
import { SeverityMark } from '../../../ui/marks';
import { useOpen } from '../../../ui/open';
import { Panel } from '../../../ui/page';
import { Ago } from '../../../ui/time';
import { byGravity } from '../../alarms/order';
import { Due } from '../../cases/Due';
import { dueFirst } from '../../cases/order';
import { ThingName } from '../../directory/place';
import type { WidgetProps } from './props';

const most = 60;

export function Alarms({ thing }: WidgetProps) {
  const { t, label } = useWords();
  const { open } = useOpen();
  const list = useRows<Alarm>('/api/alarms', useScoped({ state: 'open', thing }));
  const rows = byGravity(list.items);
  return (
    <Panel title={t('widget.alarms')} tools={<><b className="strong">{rows.length}{list.more ? '+' : ''}</b><Link to="/alarms">{t('all')}</Link></>} testId="widget-alarms">
      {rows.length === 0 && !list.loading && <div className="none">{t('alarms.none.short')}</div>}
      <ul className="ranked" style={{ overflow: 'auto' }}>
        {rows.slice(0, most).map((alarm) => (
          <li key={alarm.id}>
            <button type="button" onClick={() => { open('alarm', alarm.id); }} data-testid="alarm-item" data-id={alarm.id}>
              <SeverityMark severity={alarm.severity} urgent={alarm.severity === 'red' && alarm.state === 'raised'} icon />
              <span className="two"><span className="clip">{label(alarm.ruleName)}</span>{thing === undefined && <span className="clip quiet"><ThingName id={alarm.thing} name={alarm.thingName} /></span>}</span>
              <span className="end when">{alarm.state === 'acknowledged' && <span className="aside">{t('alarms.state.acknowledged')} · </span>}<Ago at={alarm.raisedAt} /></span>
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function Cases({ thing, widget }: WidgetProps) {
  const { t, label } = useWords();
  const { open } = useOpen();
  const list = useRows<Case>('/api/cases', useScoped({ open: true, thing, type: widget.case }));
  const type = useAll<CaseType>('/api/case-types', {}, widget.case !== undefined).data?.find((one) => one.id === widget.case);
  const rows = dueFirst(list.items);
  const late = rows.filter((item) => item.late).length;
  return (
    <Panel title={widget.case === undefined ? t('widget.cases') : label(type?.name)} tools={<>{late > 0 && <span className="mark"><i className="mark tone-red">{bandIcon.red}</i><span>{t('cases.late.count', { count: late })}</span></span>}<b className="strong">{rows.length}{list.more ? '+' : ''}</b><Link to="/cases?view=open">{t('all')}</Link></>} testId="widget-cases">
      {rows.length === 0 && !list.loading && <div className="none">{t('cases.none.short')}</div>}
      <ul className="ranked" style={{ overflow: 'auto' }}>
        {rows.slice(0, most).map((item) => (
          <li key={item.id}>
            <button type="button" onClick={() => { open('case', item.id); }} data-testid="case-item" data-id={item.id}>
              <SeverityMark severity={item.severity} icon /><span className="clip" style={{ flex: '1 1 60%' }} title={label(item.titleLabel ?? item.title)}><ThingName id={item.thing} name={label(item.titleLabel ?? item.title)} /></span>
              <span className="end clip step">{label(item.stateName)}</span><span className="end when"><Due item={item} /></span>
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
