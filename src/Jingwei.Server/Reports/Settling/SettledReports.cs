using Dapper;
using Jingwei.Server.Reports.Incidents;

namespace Jingwei.Server.Reports.Settling;

/// <summary>Writes what reports came to, all of a batch or nothing; tells it afterwards.</summary>
internal sealed class SettledReports(Database database, IncidentBook book)
{
    /// <summary>Reports as they were settled, once that is on disk.</summary>
    public Feed<SettledReport> Changes { get; } = new();

    public void Write(SettledBatch batch) => database.Write((store, transaction) =>
    {
        book.Write(store, transaction, batch.Incidents, batch.At);
        using var report = new PreparedStatement(store, transaction,
            """
            UPDATE report SET state = $1, structure = $2, about = $3, scope = coalesce($3, scope), weight = $4, official = $5, incident = $6, how = $7, score = $8, why = $9 WHERE seq = $0 AND state = 0
            """);
        using var profile = new PreparedStatement(store, transaction, "INSERT INTO report_profile (seq, profile) VALUES ($0, $1) ON CONFLICT DO UPDATE SET profile = $1");
        using var decision = new PreparedStatement(store, transaction,
            """INSERT INTO report_decision (at, actor, report, "from", "to", how, score, why) VALUES ($0, 'system', $1, NULL, $2, $3, $4, $5)""");
        foreach (var each in batch.Reports)
        {
            var state = each.Incident is null ? ReportState.SetAside : ReportState.Settled;
            report.Run(
                each.Seq, (int)state, each.Read.Structure.ToJson(), each.Evidence?.Moment.Region, each.Evidence?.Moment.Weight, each.Evidence?.Moment.Official, each.Incident,
                (int)each.How, each.Score, each.Why);
            if (each.Incident is { } incident)
            {
                profile.Run(each.Seq, each.Read.Profile.ToBytes());
                decision.Run(batch.At, each.Seq, incident, (int)each.How, each.Score, each.Why);
            }
        }

        store.Execute(
            """
            INSERT INTO incident_proposal (incident, other, at, score, why) VALUES (@Incident, @Other, @At, @Score, @Why) ON CONFLICT DO NOTHING
            """,
            batch.Proposals.Select(each => new { each.Incident, each.Other, batch.At, each.Score, each.Why }),
            transaction);
    });

    public async Task TellAsync(SettledBatch batch, CancellationToken cancellation)
    {
        foreach (var each in batch.Reports)
        {
            await Changes.PublishAsync(each, cancellation);
        }
    }
}
