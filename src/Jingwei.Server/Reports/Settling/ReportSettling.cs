using Jingwei.Server.Reports.Incidents;
using Jingwei.Server.Reports.Structuring;
using Jingwei.Server.Reports.Warnings;
using Jingwei.Server.Telemetry;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Reports.Settling;

/// <summary>
/// Makes incidents of reports: structures what waits, several at once, and then matches one after the other. Works from the store, so what a stop left
/// undone is done at the next start, and once.
/// </summary>
internal sealed partial class ReportSettling(
    ReportIntake intake, ReportReading reading, Structurer structurer, IncidentMatching matching, IncidentBook book, IncidentScoring scoring, IncidentTypes types,
    IncidentCases cases, Proposals proposals, SettledReports settled, WarningBook warnings, TimeProvider time, ILogger<ReportSettling> logger) : BackgroundService
{
    // What cannot be written now may be written in a moment.
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    // Of more nobody would look at the last.
    private const int MostProposals = 3;

    /// <summary>Settles what waits, one batch of it; how many there were.</summary>
    public async Task<int> SettleAsync(CancellationToken cancellation)
    {
        var rows = intake.Next(ReportLimits.Settled);
        if (rows.Count == 0)
        {
            return 0;
        }

        var read = await reading.ReadAsync(rows, cancellation);
        KillPoint.Reach("reports-read");
        await book.Changing.WaitAsync(cancellation);
        try
        {
            await MatchAsync(read, cancellation);
        }
        finally
        {
            book.Changing.Release();
        }

        return rows.Count;
    }

    private async Task MatchAsync(ReadReport[] read, CancellationToken cancellation)
    {
        var at = Instant.Of(time.GetUtcNow());
        var batch = new SettledBatch(at, book);
        foreach (var each in read)
        {
            Match(batch, each);
        }

        await OpenAsync(batch, cancellation);
        await ReviseAsync(batch, cancellation);
        KillPoint.Reach("reports-cases-open");
        settled.Write(batch);
        KillPoint.Reach("reports-settled");
        intake.Settled(read.Length);
        await book.RememberAsync(batch.Incidents, at, cancellation);
        proposals.Added(batch.Proposals);
        await settled.TellAsync(batch, cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        matching.Load();
        if (types.All.Any())
        {
            structurer.Warm();
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await SettleAsync(stoppingToken) > 0)
                {
                    // More may wait already.
                }

                await intake.Arrived.WaitToReadAsync(stoppingToken);
                intake.Arrived.TryRead(out _);
            }
            catch (Exception damage) when (damage is IOException or SqliteException)
            {
                LogRetry(damage);
                await Task.Delay(Retry, time, stoppingToken);
            }
        }
    }

    private void Match(SettledBatch batch, ReadReport read)
    {
        if (types.Find(read.Row.Type) is not { Type: var type })
        {
            batch.Aside(read, $"No pack in force has the incidents {read.Row.Type}.");
            return;
        }

        var evidence = ReportEvidence.Of(read, type.SourceKind(read.Row.SourceKind) ?? type.SourceKind(type.Source)!);
        var (merge, propose) = matching.Bars(type.Id);
        var candidates = matching.Candidates(type.Id, read.Row.Party, read.Row.Exercise != 0, read.Profile, read.Row.ReportedAt, batch.Find);
        var alike = candidates.Where(each => each.Incident.IsOpen && each.Likeness.Score >= merge).OrderByDescending(each => each.Support).ToList();

        // What is most like an incident that ended is for a person to say.
        if (candidates is [{ Incident.IsOpen: true }, ..] && alike is [var best, .. var others])
        {
            var joined = Rescored(evidence.Join(best.Incident), batch.At);
            batch.Join(read, evidence, joined, best);
            matching.Add(joined, read.Row.Seq, read.Profile);

            // What one report is about is one incident, as a rule.
            Propose(batch, joined.Id, others);
            return;
        }

        var begun = Rescored(evidence.Begin(), batch.At);
        batch.Begin(read, evidence, begun);
        matching.Add(begun, read.Row.Seq, read.Profile);
        Propose(batch, begun.Id, candidates.Where(each => each.Likeness.Score >= propose));
    }

    private void Propose(SettledBatch batch, long incident, IEnumerable<IncidentCandidate> others)
    {
        foreach (var other in others.Where(each => !proposals.Has(incident, each.Incident.Id)).Take(MostProposals))
        {
            batch.Propose(incident, other);
        }
    }

    private Incident Rescored(Incident incident, long at) => scoring.Score(incident, warnings.GravestAt(incident.Region, at), at);

    // All at once: they share their transactions.
    private async Task OpenAsync(SettledBatch batch, CancellationToken cancellation)
    {
        var opened = await Task.WhenAll(batch.Begun.Select(async begun => (begun, Outcome: await cases.OpenAsync(batch.Find(begun.Seq)!, begun.Id, cancellation))));
        foreach (var (begun, outcome) in opened)
        {
            if (outcome.Row is { } row)
            {
                batch.Opened(begun.Seq, row.Id);
            }
            else
            {
                LogRefused(begun.Id, outcome.Refusal!.Code);
                batch.Refuse(begun.Seq, outcome.Refusal.Why.En);
                matching.Forget([begun.Seq]);
            }
        }
    }

    private Task ReviseAsync(SettledBatch batch, CancellationToken cancellation) => Task.WhenAll(batch.Known.Select(before =>
        cases.ReviseAsync(before, batch.Find(before.Id)!, batch.ReasonOf(before.Id), cancellation)));

    [LoggerMessage(EventId = 1700, Level = LogLevel.Error, Message = "Reports could not be settled; they wait, and it is tried again")]
    private partial void LogRetry(Exception damage);

    [LoggerMessage(EventId = 1701, Level = LogLevel.Warning, Message = "Report {Report} opens no case: {Code}")]
    private partial void LogRefused(string report, string code);
}
