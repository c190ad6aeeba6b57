using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Jingwei.Load.Handles;
using Jingwei.Load.Servers;

namespace Jingwei.Load.Identifiers;

/// <summary>A node with very many identifiers of two values of 60 bytes each, under names that are spread at random.</summary>
internal sealed class IdentifiersRun(ServerUnderLoad server) : IAsyncDisposable
{
    private const string Prefix = "88.118.5";
    private const int RowsOfRequest = 50_000;
    private static readonly byte[] Letters = "abcdefghijklmnopqrstuvwxyz0123456789-/"u8.ToArray();

    private static readonly QuestionNames Names = new(
        NameOf(0), (name, number) => Encoding.ASCII.GetBytes(NameOf(number), name), (response, number) => response.Handle.ToString() == NameOf(number) && response.Values.Count == 2);

    // How many are registered in a folder, so that the next run needs not.
    private readonly string mark = Path.Combine(server.Data, "registered-by-load");
    private int registered;

    public int Registered => registered;

    public TimeSpan ReadyAfter => server.ReadyAfter;

    private IPEndPoint Http => new(IPAddress.Loopback, server.Api.BaseAddress!.Port);

    public async Task StartAsync(CancellationToken cancellation)
    {
        await server.StartAsync(cancellation, "--public-identifiers", "--handle", "127.0.0.1:0");
        registered = File.Exists(mark) ? int.Parse(await File.ReadAllTextAsync(mark, cancellation), CultureInfo.InvariantCulture) : 0;
        if (registered == 0)
        {
            (await server.Api.PostAsJsonAsync("/api/prefixes", new { prefix = Prefix, party = "root" }, cancellation)).EnsureSuccessStatusCode();
        }
    }

    /// <summary>Registers so many more, two requests on their way at once; gives the rate of each million.</summary>
    public async Task<List<double>> RegisterAsync(int upTo, Action<string> tell, CancellationToken cancellation)
    {
        var rates = new List<double>();
        while (registered < upTo)
        {
            var part = Math.Min(1_000_000, upTo - registered);
            var started = Stopwatch.GetTimestamp();
            var starts = new System.Collections.Concurrent.ConcurrentQueue<int>(
                Enumerable.Range(0, (part + RowsOfRequest - 1) / RowsOfRequest).Select(request => registered + (request * RowsOfRequest)));
            await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(
                async () =>
                {
                    while (starts.TryDequeue(out var first))
                    {
                        await SendAsync(first, Math.Min(first + RowsOfRequest, registered + part), cancellation);
                    }
                },
                cancellation)));
            registered += part;
            rates.Add(part / Stopwatch.GetElapsedTime(started).TotalSeconds);
            await File.WriteAllTextAsync(mark, registered.ToString(CultureInfo.InvariantCulture), cancellation);
            tell($"{registered:n0} registered, {rates[^1]:n0}/s");
        }

        return rates;
    }

    public Task<Asked> ResolveAsync(IPEndPoint? address, int connections, TimeSpan length, double? perSecond, CancellationToken cancellation) =>
        HttpQuestions.AskAsync(address ?? Http, connections, length, registered, Target, perSecond, cancellation);

    public async Task<byte[]> AnswerAsync(CancellationToken cancellation) =>
        await server.Api.GetByteArrayAsync(new Uri($"/api/handles/{NameOf(0)}", UriKind.Relative), cancellation);

    /// <summary>Bytes on the disk of an identifier, once the store has put together what it has written; best after a start, which empties its log.</summary>
    public async Task<double> BytesEachAsync(CancellationToken cancellation)
    {
        // Its files are at rest when they stay as they are for some seconds.
        for (long before = -1, now = 0; before != now; before = now, now = Size())
        {
            await Task.Delay(TimeSpan.FromSeconds(5), cancellation);
        }

        return (double)Size() / registered;
    }

    /// <summary>Questions by UDP in the Handle protocol.</summary>
    public (double Rate, long Wrong) AskByWire(TimeSpan length, int window, int seed)
    {
        var questions = new Questions(new(IPAddress.Loopback, server.HandlePort), registered, window, isEcho: false, Names);
        var started = Stopwatch.GetTimestamp();
        questions.Run(length, seed);
        return (questions.Answered / Stopwatch.GetElapsedTime(started).TotalSeconds, questions.Wrong);
    }

    public async Task RestartAsync(CancellationToken cancellation)
    {
        await server.KillAsync();
        await StartAsync(cancellation);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private long Size() => new DirectoryInfo(Path.Combine(server.Data, "identifiers")).EnumerateFiles().Sum(file => file.Length);

    private async Task SendAsync(int first, int end, CancellationToken cancellation)
    {
        using var content = new ByteArrayContent(Rows(first, end));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        var answer = await server.Api.PostAsync(new Uri("/api/identifiers/batch", UriKind.Relative), content, cancellation);
        var report = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>(cancellation);
        if ((int)report!["created"]! != end - first)
        {
            throw new InvalidOperationException($"Of {end - first} rows {report["created"]} were registered: {report["rows"]![0]}");
        }
    }

    private static byte[] Rows(int first, int end)
    {
        // What it costs to make up a row is not the server's: texts are drawn many at once.
        var random = new Random(first);
        var rows = new ArrayBufferWriter<byte>((end - first) * 300);
        for (var number = first; number < end; number++)
        {
            Put(rows, "{\"handle\":\""u8);
            rows.Advance(Encoding.ASCII.GetBytes(NameOf(number), rows.GetSpan(64)));
            Put(rows, "\",\"values\":[{\"index\":1,\"type\":\"URL\",\"data\":\"https://id.example.cn/"u8);
            Draw(rows, random, 38);
            Put(rows, "\"},{\"index\":2,\"type\":\"LOT\",\"data\":\""u8);
            Draw(rows, random, 60);
            Put(rows, "\"}]}\n"u8);
        }

        return rows.WrittenSpan.ToArray();
    }

    private static void Put(ArrayBufferWriter<byte> rows, ReadOnlySpan<byte> text) => rows.Write(text);

    private static void Draw(ArrayBufferWriter<byte> rows, Random random, int length)
    {
        random.GetItems(Letters, rows.GetSpan(length)[..length]);
        rows.Advance(length);
    }

    private static string NameOf(long number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}/{Spread((ulong)number):x16}");

    private static int Target(Memory<byte> destination, long number) => Encoding.ASCII.GetBytes($"/api/handles/{NameOf(number)}", destination.Span);

    // The finaliser of MurmurHash3: neighbours end up far apart.
    private static ulong Spread(ulong number)
    {
        number = (number + 1) * 0x9E37_79B9_7F4A_7C15;
        number = (number ^ (number >> 33)) * 0xFF51_AFD7_ED55_8CCD;
        number = (number ^ (number >> 33)) * 0xC4CE_B9FE_1A85_EC53;
        return number ^ (number >> 33);
    }
}
