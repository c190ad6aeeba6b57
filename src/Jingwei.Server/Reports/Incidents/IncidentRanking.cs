using System.Collections.Frozen;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Reports.Incidents;

/// <summary>How hot an incident is.</summary>
/// <param name="Before">The same a day ago; null where it was not open then.</param>
internal readonly record struct IncidentHeat(Incident Incident, double Heat, double? Before);

/// <summary>Ranks the open incidents by their heat. Made anew when somebody asks and something changed.</summary>
internal sealed class IncidentRanking(IncidentBook book, IncidentTypes types, TimeProvider time)
{
    // What changed is in the list by then.
    private static readonly long Changed = Instant.Of(TimeSpan.FromMilliseconds(200));

    // Heat fades: a list in which nothing changed is made anew after this.
    private static readonly long Faded = Instant.Of(TimeSpan.FromSeconds(10));

    // Making it takes a fifth of a processor at most, however many incidents there are.
    private const int Share = 5;

    private readonly Lock making = new();
    private volatile Snapshot current = new(0, [], FrozenDictionary<long, IncidentHeat>.Empty);

    /// <summary>The open incidents, hottest first.</summary>
    public IReadOnlyList<IncidentHeat> Open => Current.Open;

    /// <summary>The heat of an incident; null where it is not open.</summary>
    public IncidentHeat? Of(long incident) => Current.ById.TryGetValue(incident, out var heat) ? heat : null;

    /// <summary>What the weights of an incident's reports were, hour by hour, the last 24 hours until a moment; the newest last.</summary>
    public static float[] Spark(Incident incident, long at)
    {
        var hours = new float[24];
        foreach (var moment in incident.Moments)
        {
            var hour = (at - moment.At) / Instant.PerHour;
            if (moment.At <= at && hour < hours.Length)
            {
                hours[hours.Length - 1 - hour] += moment.Weight;
            }
        }

        return hours;
    }

    /// <summary>The incidents that were open at a moment, by a heat that somebody tries; hottest first.</summary>
    public IReadOnlyList<IncidentHeat> Try(Jingwei.Cel.CelProgram expression, string type, long at, Func<Incident, bool> wanted)
    {
        var formulas = types.Find(type);
        return book.Look(past =>
        {
            var tried = new List<IncidentHeat>();
            foreach (var incident in book.All.Where(each => each.Type == type && wanted(each)))
            {
                if (formulas is not null && past.RiskAt(incident.Id, at) is { } risk)
                {
                    tried.Add(new(incident, formulas.HeatBy(expression, incident, risk, at), formulas.Heat(incident, risk, at)));
                }
            }

            tried.Sort(static (one, other) => (-one.Heat, one.Incident.Id).CompareTo((-other.Heat, other.Incident.Id)));
            return tried;
        });
    }

    private Snapshot Current
    {
        get
        {
            if (IsFresh(current))
            {
                return current;
            }

            lock (making)
            {
                return IsFresh(current) ? current : current = Make();
            }
        }
    }

    private bool IsFresh(Snapshot snapshot)
    {
        var age = Instant.Of(time.GetUtcNow()) - snapshot.At;
        return age < Math.Max(snapshot.Version == book.Version ? Faded : Changed, snapshot.Cost * Share);
    }

    private Snapshot Make()
    {
        var begun = time.GetTimestamp();
        var now = Instant.Of(time.GetUtcNow());
        var version = book.Version;
        var open = book.Look(past =>
        {
            var all = new List<IncidentHeat>();
            foreach (var incident in book.All)
            {
                if (incident.IsOpen && types.Find(incident.Type) is { } formulas)
                {
                    var before = past.RiskAt(incident.Id, now - Instant.PerDay);
                    all.Add(new(incident, formulas.Heat(incident, incident.Risk, now), before is { } risk ? formulas.Heat(incident, risk, now - Instant.PerDay) : null));
                }
            }

            return all;
        });
        open.Sort(static (one, other) => (-one.Heat, one.Incident.Id).CompareTo((-other.Heat, other.Incident.Id)));
        return new(now, open, open.ToFrozenDictionary(each => each.Incident.Id)) { Version = version, Cost = Instant.Of(time.GetElapsedTime(begun)) };
    }

    private sealed record Snapshot(long At, IReadOnlyList<IncidentHeat> Open, FrozenDictionary<long, IncidentHeat> ById)
    {
        public long Version { get; init; }

        /// <summary>How long it took to make, in microseconds.</summary>
        public long Cost { get; init; }
    }
}
