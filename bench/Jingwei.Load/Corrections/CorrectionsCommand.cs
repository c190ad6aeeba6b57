using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Jingwei.Load.Results;
using Jingwei.Load.Servers;

namespace Jingwei.Load.Corrections;

/// <summary>The command `corrections`: how long until every figure above one corrected reading is another.</summary>
public static class CorrectionsCommand
{
    public const string Name = "corrections";

    // Long enough that several hours of yesterday are there, whatever the time of day.
    private const int Hours = 30;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private static readonly Option<int> Machines = new("--machines") { Description = "Machines of ten lines.", DefaultValueFactory = _ => 1_000 };
    private static readonly Option<int> Count = new("--corrections") { Description = "Readings that are corrected, one after the other.", DefaultValueFactory = _ => 20 };

    public static Command Create(SharedOptions shared)
    {
        var command = new Command(Name, "From a corrected reading until every figure above it is another: of machine, line, plant, party and region, of hour, day and month.") { Machines, Count };
        command.Add(shared.Json);
        command.SetAction((parsed, cancellation) => shared.ReportAsync(
            parsed, report => RunAsync(parsed.GetValue(Machines), parsed.GetValue(Count), report, cancellation), cancellation));
        return command;
    }

    private static async Task RunAsync(int machines, int corrections, Report report, CancellationToken cancellation)
    {
        await using var server = new ServerUnderLoad(Layout.Server, Layout.Packs);
        await server.StartAsync(cancellation);
        await MakeAsync(server, machines, cancellation);
        var end = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 3600 * 3600);
        for (var hour = -Hours; hour < 0; hour++)
        {
            await WriteAsync(server, LinesOf(machines, end.AddHours(hour)), cancellation);
        }

        await UntilAsync(server, end.AddHours(-2), figures => figures.All(figure => figure is not null), cancellation);
        report.Set(Name, new JsonObject { ["machines"] = machines, ["corrections"] = corrections });
        var took = new List<double>();
        for (var number = 0; number < corrections; number++)
        {
            // Not one machine or hour again and again, and not while one is being computed.
            await Task.Delay(TimeSpan.FromSeconds(2), cancellation);
            var at = end.AddHours(-2 - (number % (Hours - 4))).AddMinutes(-30);
            var before = await FiguresAsync(server, at, cancellation);
            var started = Stopwatch.GetTimestamp();
            await WriteAsync(server, $"station,station=s0000 level={1000 + number} {at.ToUnixTimeSeconds()}\n", cancellation);
            await UntilAsync(server, at, figures => figures.Zip(before).All(pair => pair.First != pair.Second), cancellation);
            took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        report.Add([new(Name, $"one reading of {machines} machines until 15 figures above it", "ms", Report.Ours, took)]);
    }

    private static async Task MakeAsync(ServerUnderLoad server, int machines, CancellationToken cancellation)
    {
        await AddAsync("plant", "plant", null);
        for (var line = 0; line < 10; line++)
        {
            await AddAsync($"line{line}", "group", "plant");
        }

        await Parallel.ForAsync(0, machines, cancellation, async (number, _) => await AddAsync($"s{number:d4}", "station", $"line{number % 10}"));

        async Task AddAsync(string id, string type, string? parent) =>
            (await server.Api.PostAsJsonAsync("/api/things", new { id, type, name = id, parent }, cancellation)).EnsureSuccessStatusCode();
    }

    private static string LinesOf(int machines, DateTimeOffset hour)
    {
        var lines = new StringBuilder();
        for (var number = 0; number < machines; number++)
        {
            for (var minute = 0; minute < 60; minute += 10)
            {
                lines.Append(CultureInfo.InvariantCulture, $"station,station=s{number:d4} level={number % 50} {hour.AddMinutes(minute).ToUnixTimeSeconds()}\n");
            }
        }

        return lines.ToString();
    }

    private static async Task WriteAsync(ServerUnderLoad server, string lines, CancellationToken cancellation) =>
        (await server.Api.PostAsync("/write?db=stations&precision=s", new StringContent(lines), cancellation)).EnsureSuccessStatusCode();

    private static async Task UntilAsync(ServerUnderLoad server, DateTimeOffset at, Func<IReadOnlyList<double?>, bool> wanted, CancellationToken cancellation)
    {
        using var look = new PeriodicTimer(Look);
        while (!wanted(await FiguresAsync(server, at, cancellation)))
        {
            await look.WaitForNextTickAsync(cancellation);
        }
    }

    // Of the hour, day and month that hold the time, for the station and all above it.
    private static async Task<IReadOnlyList<double?>> FiguresAsync(ServerUnderLoad server, DateTimeOffset at, CancellationToken cancellation)
    {
        var figures = new List<double?>();
        foreach (var indicator in (string[])["hour-mean", "day-mean", "month-mean"])
        {
            foreach (var subject in (string[])["s0000", "line0", "plant", "party@root", "region@root"])
            {
                var answer = await server.Api.GetAsync($"/api/indicators/{indicator}/{Uri.EscapeDataString(subject)}?at={at:yyyy-MM-ddTHH:mm:ssZ}", cancellation);
                figures.Add(answer.IsSuccessStatusCode ? (double?)(await answer.Content.ReadFromJsonAsync<JsonNode>(cancellation))!["value"] : null);
            }
        }

        return figures;
    }
}
