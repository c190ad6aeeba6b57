using System.Text;
using Jingwei.Civic;
using Jingwei.Civic.Cap;
using Jingwei.Server.Access;
using Jingwei.Server.Access.Outlines;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Reports.Warnings;

/// <summary>A warning that somebody issues.</summary>
/// <param name="Severity">red to blue: CAP's Extreme to Minor.</param>
/// <param name="Category">As CAP has them: Met, Geo, Fire, Health ...; default: Safety.</param>
/// <param name="Regions">For whom.</param>
/// <param name="From">Default: now.</param>
/// <param name="Replaces">The id of an earlier warning of ours.</param>
public sealed record WarningRequest(
    string? Event, string? Headline, string? Description, string? Instruction, Band? Severity, string? Category, string? Urgency, string? Certainty, IReadOnlyList<string>? Regions,
    DateTimeOffset? From, DateTimeOffset? To, string? Replaces, string? Party, bool? Exercise, string? Incident);

/// <summary>Issues warnings of our own as CAP alerts.</summary>
internal sealed class WarningIssuing(WarningBook warnings, AlertReading reading, Regions regions, RegionOutlines outlines, Parties parties, TimeProvider time)
{
    private const int LongestEvent = 60;
    private const int LongestHeadline = 160;
    private const int LongestText = 4000;
    private const string GeocodeName = "GB/T 2260";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    /// <summary>Everything that is wrong with a request.</summary>
    public List<string> Faults(WarningRequest request)
    {
        var faults = new List<string>();
        RequireText(request.Event, "event", LongestEvent);
        RequireText(request.Headline, "headline", LongestHeadline);
        RequireText(request.Description, "description", LongestText);
        Require(request.Instruction is null || request.Instruction.Length <= LongestText, $"instruction: at most {LongestText} characters");
        Require(request.Severity is not (null or Band.Green), "severity: red, orange, yellow or blue");
        Require(request.Category is null || Enum.TryParse<CapCategory>(request.Category, out _), $"category: one of {string.Join(", ", Enum.GetNames<CapCategory>())}");
        Require(request.Urgency is null || Enum.TryParse<CapUrgency>(request.Urgency, out _), $"urgency: one of {string.Join(", ", Enum.GetNames<CapUrgency>())}");
        Require(request.Certainty is null || Enum.TryParse<CapCertainty>(request.Certainty, out _), $"certainty: one of {string.Join(", ", Enum.GetNames<CapCertainty>())}");
        Require(request.Regions is { Count: > 0 }, "regions: one at least");
        faults.AddRange((request.Regions ?? []).Where(region => regions.Find(region) is null).Select(region => $"regions: there is no region {region}"));
        var now = time.GetUtcNow();
        Require(request.To is { } to && to > (request.From ?? now) && to > now && to <= now + Longest, $"to: after from, in the future, within {Longest.TotalDays:0} days");
        Require(request.Replaces is null || warnings.All.Any(each => each.Id == request.Replaces && each.Own), "replaces: a warning of ours");
        return faults;

        void Require(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add(fault);
            }
        }

        void RequireText(string? text, string name, int most) => Require(text?.Trim() is { Length: > 0 } said && said.Length <= most, $"{name}: 1 to {most} characters");
    }

    /// <summary>Issues a warning that has no faults.</summary>
    public Warning? Issue(Caller caller, WarningRequest request)
    {
        var party = request.Party ?? Parties.Root;
        var before = request.Replaces is { } id ? warnings.All.First(each => each.Id == id) : null;
        var alert = Alert(party, before is null ? CapMsgType.Alert : CapMsgType.Update, before, request.Exercise ?? false) with
        {
            Incidents = request.Incident is { } incident ? [incident] : [],
            Infos =
            [
                new CapInfo
                {
                    Language = "zh-CN",
                    Categories = [request.Category is { } category ? Enum.Parse<CapCategory>(category) : CapCategory.Safety],
                    Event = request.Event!.Trim(),
                    Urgency = request.Urgency is { } urgency ? Enum.Parse<CapUrgency>(urgency) : CapUrgency.Immediate,
                    Severity = SeverityOf(request.Severity!.Value),
                    Certainty = request.Certainty is { } certainty ? Enum.Parse<CapCertainty>(certainty) : CapCertainty.Observed,
                    Onset = Seconds(request.From ?? time.GetUtcNow()),
                    Expires = Seconds(request.To!.Value),
                    SenderName = parties.Find(party)?.Name,
                    Headline = request.Headline!.Trim(),
                    Description = request.Description!.Trim(),
                    Instruction = string.IsNullOrWhiteSpace(request.Instruction) ? null : request.Instruction.Trim(),
                    Areas = [.. request.Regions!.Select(Area)],
                },
            ],
        };
        return Keep(caller, alert, party);
    }

    /// <summary>Takes a warning of ours back.</summary>
    public Warning? Cancel(Caller caller, Warning warning, string reason)
    {
        var read = CapReader.Read(warnings.Alert(warning.Id)!).Alert!;
        var alert = Alert(warning.Party ?? Parties.Root, CapMsgType.Cancel, warning, warning.Exercise) with { Note = reason, Incidents = read.Incidents, Infos = read.Infos };
        return Keep(caller, alert, warning.Party ?? Parties.Root);
    }

    private Warning? Keep(Caller caller, CapAlert alert, string party)
    {
        using var document = new MemoryStream();
        CapWriter.Write(alert, document);
        var now = Instant.Of(time.GetUtcNow());
        var (meaning, fault) = reading.Read(alert, now, own: true, party);
        return meaning is null
            ? throw new InvalidOperationException(fault)
            : warnings.Add(meaning.Warning, meaning.Ended, meaning.Cancels, caller.Actor, now, document.ToArray());
    }

    private CapAlert Alert(string party, CapMsgType kind, Warning? before, bool exercise) => new()
    {
        Identifier = Ulid.New(time.GetUtcNow()),
        Sender = $"jingwei.{Plain(party)}",
        Sent = Seconds(time.GetUtcNow()),
        Status = exercise ? CapStatus.Exercise : CapStatus.Actual,
        MsgType = kind,
        Scope = CapScope.Public,
        References = before is null ? [] : [new(before.Sender, before.Id[(before.Sender.Length + 1)..], Instant.ToTime(before.Sent))],
    };

    private CapArea Area(string region) => new()
    {
        AreaDesc = regions.Find(region)!.Name,
        Geocodes = region.All(char.IsAsciiDigit) ? [new(GeocodeName, region)] : [],
        Polygons = [.. OutlinePolygons(region)],
    };

    private IEnumerable<CapPolygon> OutlinePolygons(string region)
    {
        if (outlines.Of(region) is not { } outline)
        {
            yield break;
        }

        for (var part = 0; part < outline.NumGeometries; part++)
        {
            if (outline.GetGeometryN(part) is NetTopologySuite.Geometries.Polygon polygon)
            {
                yield return new([.. polygon.ExteriorRing.Coordinates.Select(place => new GeoPoint(place.Y, place.X))]);
            }
        }
    }

    // CAP's times are to the second.
    private static DateTimeOffset Seconds(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));

    private static CapSeverity SeverityOf(Band band) => band switch
    {
        Band.Red => CapSeverity.Extreme,
        Band.Orange => CapSeverity.Severe,
        Band.Yellow => CapSeverity.Moderate,
        _ => CapSeverity.Minor,
    };

    // Senders hold no spaces, commas, < or & (CAP 1.2, 3.2.1).
    private static string Plain(string party) => new StringBuilder(party).Replace(' ', '-').Replace(',', '-').Replace('<', '-').Replace('&', '-').ToString();
}
