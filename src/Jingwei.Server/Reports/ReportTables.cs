namespace Jingwei.Server.Reports;

/// <summary>What the store holds of reports and incidents.</summary>
internal static class ReportTables
{
    public const string Schema =
        """
        CREATE TABLE report (
            seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, party TEXT NOT NULL, region TEXT, home TEXT NOT NULL, scope TEXT NOT NULL, channel INTEGER NOT NULL,
            source_kind TEXT NOT NULL, source TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL, reported_at INTEGER NOT NULL, received_at INTEGER NOT NULL,
            lon REAL, lat REAL, place TEXT, external TEXT, link TEXT, exercise INTEGER NOT NULL, actor TEXT NOT NULL, state INTEGER NOT NULL,
            structure TEXT, about TEXT, weight REAL, official INTEGER, incident INTEGER, how INTEGER, score REAL, why TEXT);
        CREATE INDEX report_waiting ON report (seq) WHERE state = 0;
        CREATE INDEX report_incident ON report (incident, seq);
        CREATE INDEX report_scope ON report (party, scope);
        CREATE INDEX report_reported ON report (reported_at);
        CREATE UNIQUE INDEX report_external ON report (type, party, channel, source, external) WHERE external IS NOT NULL;
        CREATE TABLE report_original (seq INTEGER PRIMARY KEY REFERENCES report (seq), media_type TEXT NOT NULL, body BLOB NOT NULL);
        CREATE TABLE report_profile (seq INTEGER PRIMARY KEY REFERENCES report (seq), profile BLOB NOT NULL);
        CREATE TABLE report_file (seq INTEGER NOT NULL REFERENCES report (seq), place INTEGER NOT NULL, hash TEXT NOT NULL, name TEXT NOT NULL,
            media_type TEXT NOT NULL, bytes INTEGER NOT NULL, PRIMARY KEY (seq, place)) WITHOUT ROWID;
        CREATE TABLE report_answer (actor TEXT NOT NULL, key TEXT NOT NULL, request BLOB NOT NULL, report TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (actor, key));
        CREATE INDEX report_answer_at ON report_answer (at);
        CREATE TABLE report_mark (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
        CREATE TABLE report_decision (
            position INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, actor TEXT NOT NULL, report INTEGER NOT NULL, "from" INTEGER, "to" INTEGER NOT NULL,
            how INTEGER NOT NULL, score REAL, why TEXT, reason TEXT);
        CREATE INDEX report_decision_report ON report_decision (report);
        CREATE TABLE report_correction (
            position INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, actor TEXT NOT NULL, report INTEGER NOT NULL, fact TEXT NOT NULL,
            was TEXT, now TEXT, start INTEGER, "end" INTEGER, in_title INTEGER NOT NULL);
        CREATE INDEX report_correction_report ON report_correction (report);
        CREATE TABLE incident (
            id INTEGER PRIMARY KEY, "case" TEXT NOT NULL UNIQUE, type TEXT NOT NULL, party TEXT NOT NULL, region TEXT NOT NULL, exercise INTEGER NOT NULL,
            title TEXT NOT NULL, lon REAL, lat REAL, first INTEGER NOT NULL, last INTEGER NOT NULL, reports INTEGER NOT NULL, facts TEXT NOT NULL,
            risk REAL NOT NULL, parts TEXT NOT NULL, severity INTEGER NOT NULL, closed INTEGER, merged INTEGER);
        CREATE INDEX incident_last ON incident (last);
        CREATE TABLE incident_span (incident INTEGER NOT NULL, at INTEGER NOT NULL, region TEXT NOT NULL, severity INTEGER NOT NULL, risk REAL NOT NULL,
            open INTEGER NOT NULL, PRIMARY KEY (incident, at)) WITHOUT ROWID;
        CREATE INDEX incident_span_at ON incident_span (at);
        CREATE TABLE incident_proposal (
            incident INTEGER NOT NULL, other INTEGER NOT NULL, at INTEGER NOT NULL, score REAL NOT NULL, why TEXT NOT NULL, actor TEXT, decided INTEGER, same INTEGER,
            reason TEXT, PRIMARY KEY (incident, other)) WITHOUT ROWID;
        """;

    public const string Columns =
        """
        seq, id, type, party, region, home, scope, channel, source_kind AS SourceKind, source, title, text, reported_at AS ReportedAt, received_at AS ReceivedAt, lon, lat, place,
        external, link, exercise, actor, state, structure, about, incident, how, score, why
        """;
}
