using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Jingwei.Load.Servers;

namespace Jingwei.Load.Reports;

/// <summary>The real server with an archive of incidents; reports over HTTP.</summary>
internal sealed class ReportsRun(ServerUnderLoad server) : IAsyncDisposable
{
    private const int Together = 2_000;
    private const int Senders = 16;

    // A sender of the steady stream opens a connection of its own only when all others wait.
    private readonly HttpClient api = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 });

    public async Task StartAsync()
    {
        await server.StartAsync();
        api.BaseAddress = server.Api.BaseAddress;
        api.DefaultRequestHeaders.Authorization = server.Api.DefaultRequestHeaders.Authorization;
        await AddRegionAsync("330000", "浙江省", "root", "province");
        foreach (var city in ReportTexts.Places.GroupBy(place => place.Code[..4]))
        {
            await AddRegionAsync($"{city.Key}00", city.First().City, "330000", "city");
            foreach (var (code, _, county) in city)
            {
                await AddRegionAsync(code, county, $"{city.Key}00", "county");
            }
        }
    }

    /// <summary>Loads closed incidents of the last month; how many a second.</summary>
    public async Task<double> ArchiveAsync(int count)
    {
        var texts = new ReportTexts(1);
        var random = new Random(1);
        var now = DateTimeOffset.UtcNow;
        var started = Stopwatch.GetTimestamp();
        for (var done = 0; done < count; done += Together)
        {
            var some = Enumerable.Range(done, Math.Min(Together, count - done)).Select(number =>
            {
                var (code, title, text) = texts.Incident();
                var opened = now.AddMinutes(-random.Next(60, 31 * 24 * 60));
                var closed = opened.AddMinutes(random.Next(30, 60 * 48));
                var severity = random.Next(20) switch { 0 => "red", 1 or 2 => "orange", < 8 => "yellow", _ => "blue" };
                return new { number = $"A-{number}", title, text, region = code, severity, opened, closed = closed < now ? closed : now.AddMinutes(-1) };
            });
            (await api.PostAsJsonAsync("/api/incidents/archive", some)).EnsureSuccessStatusCode();
        }

        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Sends reports as fast as they are taken; how many a second were taken in, and structured and matched.</summary>
    public async Task<(double Taken, double Settled)> FlatOutAsync(int count, int seed)
    {
        var reports = Reports(count, seed);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(async _ =>
        {
            while (reports.TryDequeue(out var text))
            {
                (await api.PostAsJsonAsync("/api/reports", new { text })).EnsureSuccessStatusCode();
            }
        }));
        var taken = count / Stopwatch.GetElapsedTime(started).TotalSeconds;
        await SettledAsync();
        return (taken, count / Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    /// <summary>Sends so many reports a second, evenly; from each being sent until its incident is told to a screen, in milliseconds.</summary>
    public async Task<IReadOnlyList<double>> SteadyAsync(int perSecond, int seconds, int seed)
    {
        await SettledAsync();
        var shown = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        using var stop = new CancellationTokenSource();
        var listening = new TaskCompletionSource();
        var screen = FollowAsync(shown, listening, stop.Token);
        await listening.Task;
        var reports = Reports(perSecond * seconds, seed);
        var sent = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        var sending = new List<Task>();
        var begun = Stopwatch.GetTimestamp();
        for (var number = 0; number < perSecond * seconds; number++)
        {
            var due = TimeSpan.FromSeconds((double)number / perSecond) - Stopwatch.GetElapsedTime(begun);
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due);
            }

            reports.TryDequeue(out var text);
            sending.Add(SendAsync(text!, sent));
        }

        await Task.WhenAll(sending);
        await SettledAsync();
        for (var look = 0; look < 100 && sent.Keys.Any(id => !shown.ContainsKey(id)); look++)
        {
            await Task.Delay(50);
        }

        await stop.CancelAsync();
        await screen;
        return [.. sent.Select(each => shown.TryGetValue(each.Key, out var at) ? Stopwatch.GetElapsedTime(each.Value, at).TotalMilliseconds : double.PositiveInfinity).Order()];
    }

    /// <summary>How long a question takes, several times, in milliseconds, ascending.</summary>
    public async Task<IReadOnlyList<double>> AskAsync(string path, int times)
    {
        var took = new List<double>();
        for (var time = 0; time < times; time++)
        {
            var started = Stopwatch.GetTimestamp();
            (await api.GetAsync(new Uri(path, UriKind.Relative))).EnsureSuccessStatusCode();
            took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        took.Sort();
        return took;
    }

    public async Task<int> OpenAsync() => (int)(await server.GetAsync("/api/incidents/figures"))["open"]!;

    public ValueTask DisposeAsync()
    {
        api.Dispose();
        return server.DisposeAsync();
    }

    // Of four reports one is of a new incident, the others repeat it in other words.
    private static ConcurrentQueue<string> Reports(int count, int seed)
    {
        var texts = new ReportTexts(seed);
        var reports = new List<string>();
        while (reports.Count < count)
        {
            var text = texts.Incident().Text;
            reports.Add(text);
            reports.AddRange(Enumerable.Range(0, 3).Select(_ => texts.Again(text)));
        }

        return new(reports.Take(count));
    }

    private async Task SendAsync(string text, ConcurrentDictionary<string, long> sent)
    {
        var started = Stopwatch.GetTimestamp();
        var answer = await api.PostAsJsonAsync("/api/reports", new { text });
        sent[(string)(await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>())!["id"]!] = started;
    }

    // A screen: what the console follows.
    private async Task FollowAsync(ConcurrentDictionary<string, long> shown, TaskCompletionSource listening, CancellationToken stop)
    {
        try
        {
            using var answer = await api.GetAsync(new Uri("/api/live", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, stop);
            using var reader = new StreamReader(await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(stop));
            listening.SetResult();
            var name = "";
            while (await reader.ReadLineAsync(stop) is { } line)
            {
                if (line.StartsWith("event: ", StringComparison.Ordinal))
                {
                    name = line[7..];
                }
                else if (name == "report" && line.StartsWith("data: ", StringComparison.Ordinal))
                {
                    using var report = JsonDocument.Parse(line.AsMemory(6));
                    shown.TryAdd(report.RootElement.GetProperty("id").GetString()!, Stopwatch.GetTimestamp());
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The screen is closed.
        }
    }

    private async Task SettledAsync()
    {
        while ((long)(await server.GetAsync("/api/incidents/figures"))["waiting"]! > 0)
        {
            await Task.Delay(20);
        }
    }

    private async Task AddRegionAsync(string id, string name, string parent, string kind) =>
        (await api.PostAsJsonAsync("/api/regions", new { id, name, parent, kind })).EnsureSuccessStatusCode();
}
