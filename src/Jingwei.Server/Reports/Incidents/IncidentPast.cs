using System.Runtime.InteropServices;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Reports.Incidents;

/// <summary>How an incident stood for some time.</summary>
/// <param name="From">Microseconds since 1970, inclusive.</param>
/// <param name="To">Exclusive; the greatest number while it stands so.</param>
internal readonly record struct IncidentSpan(long Incident, string Type, string Party, string Region, bool Exercise, long From, long To, Band Severity, float Risk);

/// <summary>How the incidents stood at every moment of the last weeks. Not safe to change from several threads: <see cref="IncidentBook"/> guards it.</summary>
internal sealed class IncidentPast
{
    private readonly List<IncidentSpan> spans = [];
    private readonly Dictionary<long, List<int>> ofIncident = [];

    /// <summary>All of them, in the order in which they were told.</summary>
    public ReadOnlySpan<IncidentSpan> All => CollectionsMarshal.AsSpan(spans);

    /// <summary>Tells how an incident stands from now on; what it was until then ends. True when it is something new.</summary>
    public bool Tell(Incident incident, long at)
    {
        var mine = CollectionsMarshal.GetValueRefOrAddDefault(ofIncident, incident.Id, out _) ??= [];
        if (mine.Count > 0)
        {
            var last = spans[mine[^1]];
            var same = last.To == long.MaxValue == incident.IsOpen && last.Severity == incident.Severity && last.Region == incident.Region && (int)last.Risk == (int)incident.Risk;
            if (same || (!incident.IsOpen && last.To != long.MaxValue))
            {
                return false;
            }

            spans[mine[^1]] = last with { To = Math.Min(last.To, Math.Max(at, last.From)) };
        }

        if (incident.IsOpen)
        {
            mine.Add(spans.Count);
            spans.Add(new(incident.Id, incident.Type, incident.Party, incident.Region, incident.Exercise, at, long.MaxValue, incident.Severity, (float)incident.Risk));
        }

        return true;
    }

    /// <summary>The risk of an incident at a moment; null where it was not open.</summary>
    public double? RiskAt(long incident, long at)
    {
        if (!ofIncident.TryGetValue(incident, out var mine))
        {
            return null;
        }

        for (var place = mine.Count - 1; place >= 0; place--)
        {
            var span = spans[mine[place]];
            if (span.From <= at)
            {
                return span.To > at ? span.Risk : null;
            }
        }

        return null;
    }

    /// <summary>How each incident stood that was open at a moment.</summary>
    public IReadOnlyList<IncidentSpan> At(long at) => spans.FindAll(span => span.From <= at && at < span.To);

    /// <summary>Forgets what ended before a moment.</summary>
    public void Forget(long before)
    {
        var kept = spans.FindAll(span => span.To > before);
        if (kept.Count == spans.Count)
        {
            return;
        }

        spans.Clear();
        ofIncident.Clear();
        foreach (var span in kept)
        {
            (CollectionsMarshal.GetValueRefOrAddDefault(ofIncident, span.Incident, out _) ??= []).Add(spans.Count);
            spans.Add(span);
        }
    }
}
