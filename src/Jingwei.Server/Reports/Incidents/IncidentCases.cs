using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Reports.Incidents;

/// <summary>Opens the case of an incident, and keeps what it says in step with the facts.</summary>
internal sealed partial class IncidentCases(CaseStore cases, PackCatalog packs, IncidentTypes types, ILogger<IncidentCases> logger)
{
    private readonly ConcurrentDictionary<string, Band> asked = new(StringComparer.Ordinal);

    /// <summary>The severity that a case was last given here; null where none was since the start.</summary>
    public Band? Asked(string @case) => asked.TryGetValue(@case, out var severity) ? severity : null;

    /// <summary>Opens the case of an incident: once, however often it is asked for within a day.</summary>
    /// <param name="report">The report that began it.</param>
    public async Task<CaseOutcome> OpenAsync(Incident incident, string report, CancellationToken cancellation)
    {
        var type = types.Find(incident.Type)!.Type;
        var open = new OpenCase(
            type.Case, Label.Of(incident.Title), incident.Severity, null, incident.Party, incident.Region,
            Fields(type, incident).Where(field => field.Value is not null).ToDictionary(field => field.Key, field => field.Value!.Value, StringComparer.Ordinal))
        {
            Exercise = incident.Exercise,
        };
        var once = new Once("reports", $"report-{report}", SHA256.HashData(Encoding.UTF8.GetBytes(report)));
        var outcome = await cases.OpenAsync(Caller.System, open, once, cancellation);
        // A field that the pack narrowed meanwhile must not keep an incident from being handled.
        if (outcome.Row is null)
        {
            outcome = await cases.OpenAsync(Caller.System, open with { Fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal) }, once, cancellation);
        }

        if (outcome.Row is { } row)
        {
            asked[row.Id] = row.Severity;
        }

        return outcome;
    }

    /// <summary>Has the case say what the incident's facts are now. A case that was closed meanwhile stays as it is.</summary>
    public async Task ReviseAsync(Incident before, Incident now, string reason, CancellationToken cancellation)
    {
        if (types.Find(now.Type) is not { Type: var type })
        {
            return;
        }

        var (was, fields) = (Fields(type, before), Fields(type, now));
        var changed = fields.Where(field => !Same(was.GetValueOrDefault(field.Key), field.Value)).ToDictionary(StringComparer.Ordinal);
        Band? severity = now.Severity == before.Severity ? null : now.Severity;
        var region = now.Region == before.Region ? null : now.Region;
        if (changed.Count > 0 || severity is not null || region is not null || now.Title != before.Title)
        {
            asked[now.Case] = now.Severity;
            var title = now.Title == before.Title ? null : Label.Of(now.Title);
            var outcome = await cases.SignalAsync(Caller.System, now.Case, new ReviseCase(title, severity, region, changed, reason), cancellation: cancellation);
            if (outcome.Refusal is { } refusal && refusal.Code != CaseRefusals.Closed.Code)
            {
                LogRefused(now.Case, refusal.Code);
            }
        }
    }

    private static bool Same(JsonElement? one, JsonElement? other) => one?.GetRawText() == other?.GetRawText();

    // Values that the case type's fields do not take are left out.
    private Dictionary<string, JsonElement?> Fields(IncidentType type, Incident incident)
    {
        var declared = packs.Current.CaseType(type.Case)?.Fields ?? [];
        var filled = new Dictionary<string, JsonElement?>(StringComparer.Ordinal);
        foreach (var (fact, name) in type.Fields)
        {
            if (declared.FirstOrDefault(field => field.Id == name) is { } field)
            {
                var value = incident.Facts.GetValueOrDefault(fact) is { } stated ? Value(field, stated) : null;
                string? fault = null;
                filled[name] = value is { } given && FieldValue.Take(field, given, out fault) is not null && fault is null ? value : null;
            }
        }

        return filled;
    }

    private static JsonElement? Value(Property field, Statement stated) => (field.Kind, stated) switch
    {
        (PropertyKind.Number, { Number: { } number }) => JsonSerializer.SerializeToElement(number),
        (PropertyKind.Enumeration, { Text: { } text }) => JsonSerializer.SerializeToElement(text),
        (PropertyKind.Enumeration, { Number: { } number }) => JsonSerializer.SerializeToElement($"level_{number.ToString(CultureInfo.InvariantCulture)}"),
        (PropertyKind.Text, { Text: { } text }) => JsonSerializer.SerializeToElement(text),
        _ => null,
    };

    [LoggerMessage(EventId = 1702, Level = LogLevel.Warning, Message = "Case {Case} does not take what its incident's facts are now: {Code}")]
    private partial void LogRefused(string @case, string code);
}
