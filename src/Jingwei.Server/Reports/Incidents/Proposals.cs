using System.Collections.Concurrent;
using Dapper;
using Jingwei.Server.Access;
using Jingwei.Server.Reports.Settling;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Reports.Incidents;

/// <summary>Incidents that may be one and the same, until a person says whether they are.</summary>
internal sealed class Proposals
{
    private readonly Database database;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<long, int> open = new();
    private readonly ConcurrentDictionary<(long, long), bool> made = new();

    public Proposals(Database database, TimeProvider time, ReportIntake intake)
    {
        // The intake makes the tables.
        ArgumentNullException.ThrowIfNull(intake);
        (this.database, this.time) = (database, time);
        foreach (var (one, other, undecided) in database.Read(store => store.Query<(long, long, bool)>("SELECT incident, other, decided IS NULL FROM incident_proposal").AsList()))
        {
            made[Pair(one, other)] = true;
            Count(one, other, undecided ? 1 : 0);
        }
    }

    /// <summary>Whether it was ever proposed that two incidents are one: what a person decided is not asked again.</summary>
    public bool Has(long one, long other) => made.ContainsKey(Pair(one, other));

    /// <summary>How many of an incident's nobody decided.</summary>
    public int CountOf(long incident) => open.GetValueOrDefault(incident);

    public void Added(IEnumerable<Proposal> proposals)
    {
        foreach (var each in proposals)
        {
            made[Pair(each.Incident, each.Other)] = true;
            Count(each.Incident, each.Other, 1);
        }
    }

    /// <summary>Those of an incident that nobody decided: the other incident, the likeness and why.</summary>
    public IReadOnlyList<(long Other, double Score, string Why)> Of(long incident) => database.Read(store => store.Query<(long, double, string)>(
        """
        SELECT CASE WHEN incident = @incident THEN other ELSE incident END, score, why FROM incident_proposal
        WHERE (incident = @incident OR other = @incident) AND decided IS NULL ORDER BY score DESC
        """,
        new { incident }).AsList());

    /// <summary>A person decided; false where there was nothing to decide.</summary>
    public bool Decide(Caller caller, long one, long other, bool same, string? reason)
    {
        var changed = database.Write((store, transaction) => store.Execute(
            """
            UPDATE incident_proposal SET actor = @Actor, decided = @at, same = @same, reason = @reason
            WHERE ((incident = @one AND other = @other) OR (incident = @other AND other = @one)) AND decided IS NULL
            """,
            new { caller.Actor, at = Instant.Of(time.GetUtcNow()), same, reason, one, other },
            transaction));
        if (changed > 0)
        {
            Count(one, other, -changed);
        }

        return changed > 0;
    }

    private static (long, long) Pair(long one, long other) => (Math.Min(one, other), Math.Max(one, other));

    private void Count(long one, long other, int step)
    {
        open.AddOrUpdate(one, step, (_, before) => before + step);
        open.AddOrUpdate(other, step, (_, before) => before + step);
    }
}
