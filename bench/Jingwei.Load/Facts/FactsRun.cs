using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Jingwei.Load.Servers;

namespace Jingwei.Load.Facts;

/// <summary>A repository of EPCIS that takes captures and answers queries.</summary>
internal sealed class FactsRun(ServerUnderLoad server) : IAsyncDisposable
{
    private const int Senders = 2;

    // 2,000 ancestors.
    private const string Traced = "urn:example:board";
    private const int Middle = 20;
    private const int Leaves = 99;

    private long captured;

    public long Captured => captured;

    public TimeSpan ReadyAfter => server.ReadyAfter;

    /// <summary>Captures the lineage of a board, whose parts are all its ancestors.</summary>
    public Task CaptureLineageAsync(CancellationToken cancellation) => SendAsync(FactDocuments.Lineage(Traced, Middle, Leaves), cancellation);

    /// <summary>Traces that board back; milliseconds of each time.</summary>
    public async Task<List<double>> TraceAsync(int times, CancellationToken cancellation)
    {
        var took = new List<double>();
        for (var number = 0; number < times; number++)
        {
            var started = Stopwatch.GetTimestamp();
            var trace = await server.Api.GetFromJsonAsync<JsonNode>($"/api/trace?id={Traced}&direction=backward", cancellation);
            took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if (trace!["nodes"]!.AsArray().Count != 1 + Middle + (Middle * Leaves))
            {
                throw new InvalidOperationException($"The trace has {trace["nodes"]!.AsArray().Count} objects.");
            }
        }

        return took;
    }

    public Task StartAsync(CancellationToken cancellation) => server.StartAsync(cancellation);

    /// <summary>Captures up to so many events; gives the rate of each part of so many.</summary>
    public async Task<List<double>> CaptureAsync(long upTo, int together, long part, Action<string> tell, CancellationToken cancellation)
    {
        var rates = new List<double>();
        while (captured < upTo)
        {
            var count = Math.Min(part, upTo - captured);
            var starts = new ConcurrentQueue<long>(Enumerable.Range(0, (int)((count + together - 1) / together)).Select(request => captured + ((long)request * together)));
            var started = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(
                async () =>
                {
                    while (starts.TryDequeue(out var first))
                    {
                        await SendAsync(FactDocuments.Document(first, (int)Math.Min(together, captured + count - first)), cancellation);
                    }
                },
                cancellation)));
            captured += count;
            rates.Add(count / Stopwatch.GetElapsedTime(started).TotalSeconds);
            tell($"{captured:n0} captured, {rates[^1]:n0}/s");
        }

        return rates;
    }

    /// <summary>Waits until the ledger has taken everything; how long that took.</summary>
    public async Task<TimeSpan> FollowedAsync(CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        while ((long)(await server.Api.GetFromJsonAsync<JsonNode>("/api/ledger", cancellation))!["size"]! < captured)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellation);
        }

        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Asks for the events of boards at random, one question after the other; milliseconds of each.</summary>
    public async Task<List<double>> AskAsync(int questions, CancellationToken cancellation)
    {
        var random = new Random(7);
        var times = new List<double>();
        for (var number = 0; number < questions; number++)
        {
            var board = FactDocuments.Board(random.NextInt64(captured));
            var started = Stopwatch.GetTimestamp();
            var answer = await server.Api.GetFromJsonAsync<JsonNode>($"/epcis/events?MATCH_epc={Uri.EscapeDataString(board)}", cancellation);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            var events = answer!["epcisBody"]!["queryResults"]!["resultsBody"]!["eventList"]!.AsArray();
            if (events.Count == 0 || (string)events[0]!["epcList"]![0]! != board)
            {
                throw new InvalidOperationException($"{board} was not found.");
            }
        }

        return times;
    }

    public async Task RestartAsync(CancellationToken cancellation)
    {
        await server.KillAsync();
        await StartAsync(cancellation);
    }

    public double BytesEach() => (double)new DirectoryInfo(Path.Combine(server.Data, "facts")).EnumerateFiles().Sum(file => file.Length) / captured;

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task SendAsync(byte[] document, CancellationToken cancellation)
    {
        using var content = new ByteArrayContent(document);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await server.Api.PostAsync(new Uri("/epcis/capture", UriKind.Relative), content, cancellation);
        answer.EnsureSuccessStatusCode();
    }
}
