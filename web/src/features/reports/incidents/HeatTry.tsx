import { Button, DatePicker, Input } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { post } from '../../../api/client';
import type { HeatTryItem } from '../../../api/incidents';
import type { List } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { useZone } from '../../../context/zone';
import { momentAt } from '../../../format/wallClock';
import { useOpen } from '../../../ui/open';
import { Panel } from '../../../ui/page';
import { ProblemView } from '../../../ui/problem';
import type { Column } from '../../../ui/table';
import { Table } from '../../../ui/table';
import { useFormula } from '../useFormula';
import { useIncidentTypes } from '../useTypes';

const variables = ['volume', 'acceleration', 'risk', 'level', 'reports'] as const;

/** Another formula on the incidents of now or of a past moment: what would stand where. */
export function HeatTry() {
  const { t } = useWords();
  const { open } = useOpen();
  const say = useFormula();
  const zone = useZone();
  const [type] = useIncidentTypes();
  const [text, setText] = useState<string | null>(null);
  const [at, setAt] = useState<Dayjs | null>(null);
  const [rows, setRows] = useState<HeatTryItem[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const formula = text ?? type?.heat ?? '';
  const run = () => {
    setBusy(true);
    setError(null);
    post<List<HeatTryItem>>('/api/incidents/heat/try', { type: type?.id, heat: formula, at: at === null ? undefined : momentAt(at.format('YYYY-MM-DDTHH:mm'), zone) })
      .then((answer) => { setRows(answer.items); })
      .catch((fault: unknown) => { setError(fault); setRows(null); })
      .finally(() => { setBusy(false); });
  };
  const columns: Column<HeatTryItem>[] = [
    { key: 'rank', title: t('heat.try.rank'), width: 88, right: true, render: (row) => <b>{row.rank}</b> },
    { key: 'now', title: t('heat.try.now'), width: 112, right: true, render: (row) => <span>{row.rankNow} {row.rankNow !== row.rank && <span className="quiet">{row.rankNow > row.rank ? '↑' : '↓'}{Math.abs(row.rankNow - row.rank)}</span>}</span> },
    { key: 'title', title: t('incidents.what'), render: (row) => <span title={row.title}>{row.title}</span> },
    { key: 'heat', title: t('heat.try.heat'), width: 112, right: true, render: (row) => row.heat.toFixed(2) },
    { key: 'heatNow', title: t('heat.try.heat.now'), width: 112, right: true, render: (row) => <span className="quiet">{row.heatNow.toFixed(2)}</span> },
  ];
  return (
    <div className="heat-try">
      <Panel title={t('heat.try')}>
        <div className="stack tight">
          <p className="quiet small">{t('heat.try.help')}</p>
          <Input.TextArea value={formula} onChange={(event) => { setText(event.target.value); }} autoSize={{ minRows: 2, maxRows: 6 }} className="mono" spellCheck={false} aria-label={t('heat.try')} data-testid="heat-formula" />
          <p className="small">{t('incidents.heat')} = {say(formula)}</p>
          <ul className="vars">{variables.map((one) => <li key={one}><code>{one}</code> <span className="quiet small">{t(`input.${one}`)}</span></li>)}</ul>
          <div className="row wrap"><DatePicker showTime={{ format: 'HH:mm' }} value={at} onChange={(value) => { setAt(value); }} placeholder={t('heat.try.moment')} disabledDate={(day) => day.isAfter(new Date())} /><Button type="primary" loading={busy} onClick={run} data-testid="heat-run">{t('heat.try.run')}</Button>{text !== null && <Button onClick={() => { setText(null); }}>{t('heat.try.reset')}</Button>}</div>
          {error !== null && <ProblemView error={error} />}
        </div>
      </Panel>
      {rows !== null && <Table rows={rows} columns={columns} keyOf={(row) => row.id} testId="heat-rows" label={t('heat.try')} onPick={(row) => { open('incident', row.id); }} />}
    </div>
  );
}
