import { SwapOutlined } from '@ant-design/icons';
import { Button, Image } from 'antd';
import { useState } from 'react';
import { segment } from '../../../api/client';
import type { ReportDetail } from '../../../api/incidents';
import { useWords } from '../../../context/preferences';
import { useSession } from '../../../context/session';
import { useOpen } from '../../../ui/open';
import { Facts, Section } from '../../../ui/side';
import { At } from '../../../ui/time';
import { bytesText } from '../../cases/fileSize';
import { LikenessBars } from '../incidents/LikenessBars';
import { ExerciseTag } from '../ExerciseTag';
import { useFactWords } from '../facts';
import { MoveReport } from './MoveReport';
import { ReportText } from './ReportText';

function Files({ detail }: { detail: ReportDetail }) {
  const { t } = useWords();
  const fileAddress = (hash: string) => `/api/reports/${segment(detail.report.id)}/files/${hash}`;
  return (
    <Section title={t('reports.files')} tools={<a className="small" href={`/api/reports/${segment(detail.report.id)}/original`} download data-testid="report-original">{t('reports.original', { size: bytesText(detail.original.bytes) })}</a>}>
      {detail.files.length === 0 && <p className="faint small">{t('reports.files.none')}</p>}
      <div className="thumbs">{detail.files.filter((file) => file.mediaType.startsWith('image/')).map((file) => <Image key={file.hash} src={fileAddress(file.hash)} alt={file.name} width={96} height={72} style={{ objectFit: 'cover' }} />)}</div>
      <ul className="files">{detail.files.map((file) => <li key={file.hash}><a href={fileAddress(file.hash)} download={file.name} title={`SHA-256 ${file.hash}`}>{file.name}</a> <span className="quiet small">{bytesText(file.bytes)}</span></li>)}</ul>
    </Section>
  );
}

/** How it came to its incident, and what persons changed. */
function Ways({ detail }: { detail: ReportDetail }) {
  const { t } = useWords();
  const words = useFactWords(detail.report.type);
  const value = (fact: string, text: string | null) => text === null ? t('none') : words.value({ fact, number: Number.isFinite(Number(text)) && text !== '' && fact !== 'region' ? Number(text) : null, text });
  return (
    <>
      {detail.why !== null && <Section title={t('likeness.title')} tools={<b>{t('likeness.score', { score: Math.round((detail.report.score ?? 0) * 100) })}</b>}><p className="quiet small">{t('likeness.help')}</p><LikenessBars why={detail.why} /></Section>}
      <Section title={t('reports.decisions')}>
        <ol className="story" data-testid="report-decisions">
          {detail.corrections.map((one) => <li key={`${one.at}${one.fact}`}><div className="row"><b>{one.actor}</b><span className="grow">{t('reports.corrected', { fact: words.name(one.fact), was: value(one.fact, one.was), now: value(one.fact, one.now) })}</span><span className="faint small"><At at={one.at} shape="minute" /></span></div></li>)}
          {detail.decisions.map((one) => <li key={`${one.at}${one.to}`}><div className="row"><b>{one.actor === 'system' ? t('cases.system') : one.actor}</b><span className="grow">{t(one.how === 'began' ? 'reports.began' : one.how === 'moved' ? 'reports.moved' : 'reports.joined', { number: one.to })}</span><span className="faint small"><At at={one.at} shape="minute" /></span></div>{one.reason !== null && <p className="quiet">{one.reason}</p>}</li>)}
        </ol>
      </Section>
    </>
  );
}

export function ReportBody({ detail, within = false }: { detail: ReportDetail; within?: boolean }) {
  const { t, label, say } = useWords();
  const { can } = useSession();
  const { open } = useOpen();
  const [moving, setMoving] = useState(false);
  const { report } = detail;
  return (
    <>
      <div className="row wrap"><span className="tag">{label(report.sourceKindName)}</span><b>{report.source}</b>{report.exercise && <ExerciseTag />}<span className="grow" />{can('operate') && report.incident !== null && <Button size="small" icon={<SwapOutlined />} onClick={() => { setMoving(true); }} data-testid="report-move">{t('reports.move')}</Button>}</div>
      <ReportText detail={detail} />
      <Facts rows={[
        [t('reports.at'), <At key="at" at={report.reportedAt} />], [t('reports.received'), <span key="received"><At at={report.receivedAt} /> <span className="faint">{t(`reports.channel.${report.channel}`)}</span></span>],
        [t('region'), report.regionName], ...(report.place === null ? [] : [[t('fact.place'), report.place] as [string, string]]),
        ...(report.position === null ? [] : [[t('reports.position'), `${report.position.lon.toFixed(5)}, ${report.position.lat.toFixed(5)}`] as [string, string]]),
        ...(report.link === null ? [] : [[t('reports.link'), <a key="link" href={report.link} target="_blank" rel="noreferrer noopener" className="break">{report.link}</a>] as [string, React.ReactNode]]),
        ...(within || report.incident === null ? [] : [[t('incidents.what'), <button key="incident" type="button" className="link" onClick={() => { open('incident', report.incident); }} data-testid="report-incident">{report.incident}</button>] as [string, React.ReactNode]]),
        ...(detail.reason === null ? [] : [[t('reports.setAside'), say(detail.reason)] as [string, string]]),
        ...(detail.structure.level === null ? [] : [[t('fact.level'), <span key="level">{label(detail.structure.level.rule)} <span className="faint">{detail.structure.level.source}</span></span>] as [string, React.ReactNode]]),
      ]} />
      <Ways detail={detail} />
      <Files detail={detail} />
      {moving && <MoveReport report={report} onClose={() => { setMoving(false); }} />}
    </>
  );
}
