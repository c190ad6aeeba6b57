using System.Text;
using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Reports.Incidents;

namespace Jingwei.Server.Reports.Intake;

/// <summary>A report as a person or a program sends it.</summary>
/// <param name="Type">The incident type; may be left out where there is one.</param>
/// <param name="Party">Default: the sender's own.</param>
/// <param name="Region">Where it is; default: where its position or its text says.</param>
/// <param name="SourceKind">As the incident type declares it; default: as it says.</param>
/// <param name="Source">Who says it: a name, a department, a channel.</param>
/// <param name="Time">When it was said; default: now.</param>
/// <param name="Place">Where it is, in words.</param>
/// <param name="External">Its id at its source: the same again is a duplicate.</param>
/// <param name="Link">Where it can be read.</param>
/// <param name="Exercise">It is part of a drill.</param>
public sealed record ReportRequest(
    string? Type, string? Party, string? Region, string? SourceKind, string? Source, string? Title, string? Text, DateTimeOffset? Time, LonLat? Position, string? Place,
    string? External, string? Link, bool? Exercise);

/// <summary>Checks what people and programs send.</summary>
internal sealed class ReportCheck(IncidentTypes types, Parties parties, Regions regions, TimeProvider time)
{
    // As for readings: clocks go wrong, the future does not come early.
    private static readonly TimeSpan Future = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Past = TimeSpan.FromDays(3653);

    /// <summary>The report, or every mistake; null and nothing where the place does not exist for this caller.</summary>
    public NewReport? Check(Caller caller, ReportRequest request, ReportChannel channel, List<string> faults)
    {
        var type = TypeOf(request.Type, faults);
        var text = (request.Text ?? "").Normalize(NormalizationForm.FormC).Trim();
        Require(text.Length > 0 || !string.IsNullOrWhiteSpace(request.Title), "text: says nothing", faults);
        RequireLength(text, ReportLimits.Text, "text", faults);
        RequireLength(request.Title, ReportLimits.Title, "title", faults);
        RequireLength(request.Source, ReportLimits.Name, "source", faults);
        RequireLength(request.Place, ReportLimits.Name, "place", faults);
        RequireLength(request.External, ReportLimits.Name, "external", faults);
        var kind = request.SourceKind ?? type?.Source ?? "";
        Require(type is null || type.SourceKind(kind) is not null, $"sourceKind: {kind} is none of {string.Join(", ", type?.Sources.Select(each => each.Id) ?? [])}", faults);
        Require(request.Position is null or { IsOnEarth: true }, "position: lon is -180 to 180, lat is -90 to 90", faults);
        var now = time.GetUtcNow();
        Require(request.Time is not { } at || (at <= now + Future && at >= now - Past), "time: at most 10 minutes ahead and 10 years ago", faults);
        Require(request.Link is null || (Uri.TryCreate(request.Link, UriKind.Absolute, out var link) && link.Scheme is "http" or "https" && request.Link.Length <= 2048), "link: an http or https address", faults);
        if (PlaceOf(caller, request) is not { } place)
        {
            faults.Add("party, region: none in which you may operate");
        }
        else if (faults.Count == 0)
        {
            return new NewReport(
                type!.Id, place.Party, request.Region, place.Home, channel, kind, request.Source?.Trim() ?? "", request.Title?.Trim() ?? "", text.Length > 0 ? text : request.Title!.Trim(),
                request.Time ?? now, request.Position, string.IsNullOrWhiteSpace(request.Place) ? null : request.Place.Trim(), request.External, request.Exercise ?? false)
            {
                Link = request.Link,
            };
        }

        return null;
    }

    private IncidentType? TypeOf(string? named, List<string> faults)
    {
        var all = types.All.ToList();
        var type = named is null && all.Count == 1 ? all[0] : all.FirstOrDefault(each => each.Id == named);
        Require(type is not null, all.Count == 0 ? "type: no pack in force has incidents" : $"type: one of {string.Join(", ", all.Select(each => each.Id))}", faults);
        return type;
    }

    // The sender's own party and region are those of the first grant by which he may operate there.
    private (string Party, string Home)? PlaceOf(Caller caller, ReportRequest request)
    {
        if (caller.Kind == CallerKind.System)
        {
            return (request.Party ?? Parties.Root, request.Region ?? Regions.Root);
        }

        var grant = caller.Grants.FirstOrDefault(each =>
            (int)each.Role >= (int)Right.Operate &&
            (request.Party is not { } party || parties.PathOf(party).Covers(each.Party)) &&
            (request.Region is not { } region || regions.PathOf(region).Covers(each.Region)));
        return grant is null ? null : (request.Party ?? grant.Party, request.Region ?? grant.Region);
    }

    private static void Require(bool holds, string fault, List<string> faults)
    {
        if (!holds)
        {
            faults.Add(fault);
        }
    }

    private static void RequireLength(string? text, int most, string name, List<string> faults) =>
        Require(text is null || text.Length <= most, $"{name}: {text?.Length} characters, at most {most}", faults);
}
