import { InboxOutlined } from '@ant-design/icons';
import { App, Checkbox, Modal, Select, Upload } from 'antd';
import { useState } from 'react';
import { upload } from '../../../api/client';
import type { UploadAnswer } from '../../../api/incidents';
import { useWords } from '../../../context/preferences';
import { ProblemView } from '../../../ui/problem';
import { useLookAgain } from '../incidents/useIncidentAct';
import { useIncidentType } from '../useTypes';

const template = { zh: '\ufeff标题,内容,时间,地点,来源,经度,纬度\r\n', en: '\ufefftitle,text,time,place,source,lon,lat\r\n' };
const faultsShown = 20;

/** A table of reports: looked at first, then taken in. */
export function UploadReports({ onClose }: { onClose: () => void }) {
  const { t, say, label, language } = useWords();
  const { message } = App.useApp();
  const lookAgain = useLookAgain();
  const type = useIncidentType(undefined);
  const [file, setFile] = useState<File | null>(null);
  const [kind, setKind] = useState<string | undefined>(undefined);
  const [leave, setLeave] = useState(false);
  const [answer, setAnswer] = useState<UploadAnswer | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const send = async (chosen: File, preview: boolean) => {
    setBusy(true);
    setError(null);
    setFile(chosen);
    try {
      const got = await upload<UploadAnswer>('/api/reports/upload', chosen, { preview, sourceKind: kind, bad: leave ? 'leave' : undefined });
      setAnswer(got);
      if (got.written) { void message.success(t('reports.upload.done', { taken: got.taken, duplicates: got.duplicates })); lookAgain(); onClose(); }
    } catch (fault) {
      setError(fault);
      setAnswer(null);
    }
    setBusy(false);
  };
  const faultText = (line: string) => { const row = /^row (\d+): (.*)$/s.exec(line); return row === null ? say(line) : t('reports.upload.row', { row: row[1] ?? '', fault: say(row[2] ?? '') }); };
  const ready = file !== null && answer !== null && answer.taken > 0 && (answer.bad.length === 0 || leave);
  return (
    <Modal open title={t('reports.upload')} width={640} onCancel={onClose} okText={t('reports.upload.write')} cancelText={t('cancel')} confirmLoading={busy} onOk={() => { if (file !== null) void send(file, false); }} okButtonProps={{ disabled: !ready, 'data-testid': 'upload-write' }}>
      <div className="stack tight">
        <div className="row"><span className="quiet">{t('reports.form.kind')}</span><Select allowClear value={kind} onChange={(value: string | undefined) => { setKind(value); }} placeholder={t('reports.upload.kind')} options={(type?.sources ?? []).map((one) => ({ value: one.id, label: label(one.name) }))} style={{ width: 176 }} /><span className="grow" /><a href={`data:text/csv;charset=utf-8,${encodeURIComponent(template[language])}`} download="reports.csv">{t('imports.template')}</a></div>
        <Upload.Dragger accept=".csv,.txt,.tsv,.xlsx" showUploadList={false} disabled={busy} beforeUpload={(chosen) => { void send(chosen, true); return false; }} data-testid="upload-file"><p><InboxOutlined style={{ fontSize: 24 }} /></p><p className="strong">{file?.name ?? t('reports.upload.drop')}</p><p className="quiet small" style={{ padding: '0 16px' }}>{t('reports.upload.help')}</p></Upload.Dragger>
        {answer !== null && (
          <div className="stack tight" data-testid="upload-preview">
            <p>{t('reports.upload.counts', { rows: answer.rows, taken: answer.taken, bad: answer.bad.length })}</p>
            <p className="quiet small">{Object.entries(answer.columns).map(([field, column]) => `${t(`reports.column.${field as 'text'}`)} ← ${column}`).join(t('list.and'))}</p>
            {answer.bad.length > 0 && <><ul className="files quiet">{answer.bad.slice(0, faultsShown).map((line) => <li key={line}>{faultText(line)}</li>)}</ul>{answer.bad.length > faultsShown && <p className="faint small">{t('reports.upload.more', { count: answer.bad.length - faultsShown })}</p>}<Checkbox checked={leave} onChange={(event) => { setLeave(event.target.checked); }}>{t('reports.upload.leave')}</Checkbox></>}
          </div>
        )}
        {error !== null && <ProblemView error={error} />}
      </div>
    </Modal>
  );
}
