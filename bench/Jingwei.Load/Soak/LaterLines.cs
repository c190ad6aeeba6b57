using System.Buffers.Text;
using System.Globalization;

namespace Jingwei.Load.Soak;

/// <summary>A body of lines whose times move on with every use; nothing else in it changes.</summary>
/// <param name="lines">Lines that end with a time of 19 digits (nanoseconds until the year 2286) and a line feed.</param>
/// <param name="step">How much later each use is than the one before.</param>
public sealed class LaterLines(ReadOnlyMemory<byte> lines, TimeSpan step)
{
    private const int TimeBytes = 19;
    private const long NanosecondsATick = 100;

    private readonly byte[] body = lines.ToArray();
    private readonly int[] times = [.. Ends(lines.Span).Select(end => end - TimeBytes)];
    private bool used;

    /// <summary>The lines as given at first, then later by a step each time; valid until the next call.</summary>
    public ReadOnlySpan<byte> Next()
    {
        if (used)
        {
            foreach (var at in times)
            {
                var time = long.Parse(body.AsSpan(at, TimeBytes), CultureInfo.InvariantCulture);
                Utf8Formatter.TryFormat(time + (step.Ticks * NanosecondsATick), body.AsSpan(at), out _);
            }
        }

        used = true;
        return body;
    }

    private static List<int> Ends(ReadOnlySpan<byte> lines)
    {
        var ends = new List<int>();
        for (var index = 0; index < lines.Length; index++)
        {
            if (lines[index] == (byte)'\n')
            {
                ends.Add(index);
            }
        }

        return ends;
    }
}
