using System.Diagnostics;

namespace Jingwei.Load.Reads;

/// <summary>One answer of our API, read to its end.</summary>
/// <param name="FirstMs">Milliseconds until its first byte.</param>
/// <param name="Ms">Milliseconds until its last.</param>
/// <param name="Status">Status of HTTP.</param>
public sealed record Answer(double FirstMs, double Ms, int Status, byte[] Body)
{
    public static async Task<Answer> ReadAsync(HttpClient client, string path, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellation);
        var first = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var body = await answer.Content.ReadAsByteArrayAsync(cancellation);
        return new(first, Stopwatch.GetElapsedTime(started).TotalMilliseconds, (int)answer.StatusCode, body);
    }

    /// <summary>The same question several times.</summary>
    /// <param name="check">Throws where an answer is not the expected one.</param>
    public static async Task<IReadOnlyList<double>> TimesAsync(HttpClient client, string path, int times, Action<Answer> check, CancellationToken cancellation)
    {
        var took = new List<double>();
        for (var time = 0; time < times; time++)
        {
            var answer = await ReadAsync(client, path, cancellation);
            check(answer);
            took.Add(answer.Ms);
        }

        return took;
    }
}
