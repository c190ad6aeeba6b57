using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Jingwei.Load.Results;

/// <summary>All figures of a call, as one table for people and as JSON for programs.</summary>
public sealed class Report(Machine machine)
{
    /// <summary>The subject that peers are compared with.</summary>
    public const string Ours = "jingwei";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly List<Figure> figures = [];
    private readonly JsonObject settings = [];
    private readonly List<(string Scenario, string Subject, string Why)> skipped = [];

    /// <summary>Adds what a scenario measured, a row of the table each.</summary>
    public void Add(IEnumerable<Figure> measured) => figures.AddRange(measured);

    /// <summary>Notes how a scenario was set.</summary>
    public void Set(string scenario, JsonObject how) => settings[scenario] = how;

    /// <summary>Notes who was left out, and why.</summary>
    public void Skip(string scenario, string subject, string why) => skipped.Add((scenario, subject, why));

    /// <summary>The table: a row for each figure, its median, least and greatest, and how many times the subject's median ours is.</summary>
    public string ToTable()
    {
        string[] header = ["scenario", "measure", "unit", "subject", "median", "min", "max", "ours ÷ this"];
        var rows = figures.Select(figure => (string[])
        [
            figure.Scenario, figure.Measure, figure.Unit, figure.Subject,
            Show(figure.Median), Show(figure.Least), Show(figure.Most), Ratio(figure) is { } ratio ? ratio.ToString("0.00", CultureInfo.InvariantCulture) : "",
        ]).Prepend(header).ToList();
        var widths = header.Select((_, column) => rows.Max(row => row[column].Length)).ToList();
        var lines = rows.Select(row => string.Join("  ", row.Select((cell, column) => column < 4 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))));
        return string.Join('\n', [machine.ToString(), .. settings.Select(each => $"{each.Key}: {each.Value!.ToJsonString()}"), .. lines, .. Skipped()]);
    }

    public string ToJson() => new JsonObject
    {
        ["machine"] = JsonSerializer.SerializeToNode(machine, JsonSerializerOptions.Web),
        ["settings"] = settings.DeepClone(),
        ["figures"] = new JsonArray([.. figures.Select(ToJson)]),
        ["skipped"] = new JsonArray([.. skipped.Select(each => new JsonObject { ["scenario"] = each.Scenario, ["subject"] = each.Subject, ["why"] = each.Why })]),
    }.ToJsonString(Indented);

    private JsonNode ToJson(Figure figure) => new JsonObject
    {
        ["scenario"] = figure.Scenario,
        ["measure"] = figure.Measure,
        ["unit"] = figure.Unit,
        ["subject"] = figure.Subject,
        ["median"] = figure.Median,
        ["min"] = figure.Least,
        ["max"] = figure.Most,
        ["runs"] = new JsonArray([.. figure.Runs.Select(run => (JsonNode)run)]),
        ["oursToThis"] = Ratio(figure),
    };

    private IEnumerable<string> Skipped() => skipped.Select(each => $"skipped: {each.Scenario}, {each.Subject}: {each.Why}");

    private double? Ratio(Figure figure)
    {
        var ours = figures.Find(other => other.Subject == Ours && other.Scenario == figure.Scenario && other.Measure == figure.Measure);
        return figure.Subject == Ours || ours is null || figure.Median == 0 ? null : ours.Median / figure.Median;
    }

    private static string Show(double value) => value.ToString(value >= 1000 ? "#,0" : value >= 100 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
