using System.Text.Json;
using Jingwei.Server.Reports.Incidents;
using Jingwei.Text.Likeness;

namespace Jingwei.Server.Reports.Settling;

/// <summary>What a report came to.</summary>
/// <param name="Incident">The incident; null for one that was set aside.</param>
/// <param name="Why">What made the likeness, or why it was set aside, as JSON.</param>
internal sealed record SettledReport(ReadReport Read, ReportEvidence? Evidence, long? Incident, Joining How, double? Score, string? Why)
{
    public long Seq => Read.Row.Seq;

    public string Id => Read.Row.Id;

    /// <summary>The report as it is stored now.</summary>
    public ReportRow Row => Read.Row with
    {
        State = (long)(Incident is null ? ReportState.SetAside : ReportState.Settled),
        About = Evidence?.Moment.Region,
        Scope = Evidence?.Moment.Region ?? Read.Row.Scope,
        Incident = Incident,
        How = Incident is null ? null : (long)How,
        Score = Score,
        Why = Why,
    };
}

/// <summary>That two incidents may be one.</summary>
internal sealed record Proposal(long Incident, long Other, double Score, string Why);

/// <summary>What is being made of some reports: nothing of it is on disk yet.</summary>
internal sealed class SettledBatch(long at, IncidentBook book)
{
    private readonly Dictionary<long, Incident> latest = [];
    private readonly Dictionary<long, Incident> known = [];
    private readonly List<SettledReport> reports = [];

    public long At => at;

    public IReadOnlyList<SettledReport> Reports => reports;

    public List<Proposal> Proposals { get; } = [];

    /// <summary>All incidents that changed, as they stand now.</summary>
    public IReadOnlyCollection<Incident> Incidents => latest.Values;

    /// <summary>The incidents that were there before, as they were.</summary>
    public IEnumerable<Incident> Known => known.Values;

    /// <summary>The reports that began an incident.</summary>
    public IEnumerable<SettledReport> Begun => reports.Where(report => report.Incident == report.Seq);

    /// <summary>An incident as it stands with this batch.</summary>
    public Incident? Find(long id) => latest.GetValueOrDefault(id) ?? book.Find(id);

    /// <summary>Why an incident changes: the newest report of it.</summary>
    public string ReasonOf(long incident)
    {
        var newest = reports.Last(report => report.Incident == incident).Row;
        return newest.Source.Length > 0 ? $"{newest.Source} {newest.Id}" : newest.Id;
    }

    public void Begin(ReadReport read, ReportEvidence evidence, Incident begun)
    {
        latest[begun.Id] = begun;
        reports.Add(new(read, evidence, begun.Id, Joining.Began, null, null));
    }

    public void Join(ReadReport read, ReportEvidence evidence, Incident joined, IncidentCandidate candidate)
    {
        if (!latest.ContainsKey(joined.Id) && book.Find(joined.Id) is { } before)
        {
            known[joined.Id] = before;
        }

        latest[joined.Id] = joined;
        reports.Add(new(read, evidence, joined.Id, Joining.Joined, candidate.Likeness.Score, WhyOf(candidate.Report, candidate.Likeness)));
    }

    /// <summary>Proposes that an incident and the one that its newest report is also like are one; once.</summary>
    public void Propose(long incident, IncidentCandidate candidate)
    {
        var other = candidate.Incident.Id;
        if (!Proposals.Exists(each => (each.Incident, each.Other) == (incident, other) || (each.Other, each.Incident) == (incident, other)))
        {
            Proposals.Add(new(incident, other, candidate.Likeness.Score, WhyOf(candidate.Report, candidate.Likeness)));
        }
    }

    public void Aside(ReadReport read, string reason) => reports.Add(new(read, null, null, Joining.Began, null, JsonSerializer.Serialize(new { reason })));

    /// <summary>The case of an incident that began was opened.</summary>
    public void Opened(long incident, string @case) => latest[incident] = latest[incident] with { Case = @case };

    /// <summary>The case was refused: what was to be joined to it waits for another turn, and what began it is set aside.</summary>
    public void Refuse(long incident, string reason)
    {
        latest.Remove(incident);
        Proposals.RemoveAll(each => each.Incident == incident || each.Other == incident);
        for (var place = 0; place < reports.Count; place++)
        {
            if (reports[place].Incident == incident)
            {
                reports[place] = reports[place] with { Incident = null, Evidence = null, Why = JsonSerializer.Serialize(new { reason }) };
            }
        }
    }

    /// <summary>What made a likeness, in nats: it adds up to the logit of the score.</summary>
    private static string WhyOf(long report, LikenessScore likeness) => JsonSerializer.Serialize(Likeness.Of(report, likeness), JsonSerializerOptions.Web);
}

/// <summary>What made a likeness, in nats: it adds up to the logit of the score.</summary>
/// <param name="With">Sequence number of the report that it is most like.</param>
public sealed record Likeness(long With, double Text, double Time, double Place, double Class, double Numbers, double Base)
{
    public static Likeness Of(long with, LikenessScore likeness) =>
        new(with, likeness.Text, likeness.Time, likeness.Place, likeness.Class, likeness.Numbers, likeness.Base);
}
