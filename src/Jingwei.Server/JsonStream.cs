using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Encodings.Web;

namespace Jingwei.Server;

/// <summary>
/// Writes long JSON answers piece by piece: values are formatted into one rented buffer, which goes to the response whenever
/// <see cref="IsFull"/>. Nothing is made for a value, and the memory does not grow with the answer. Commas and brackets are the caller's.
/// </summary>
internal sealed class JsonStream(PipeWriter output) : IDisposable
{
    /// <summary>
    /// Bytes of a response that wait for its client before the writer waits. Kestrel's default, 64 KiB, is one piece: then writing and sending take
    /// turns. 1 MiB: they go on beside each other.
    /// </summary>
    public const long ResponseBytes = 1 << 20;

    private const int PieceBytes = 64 * 1024;

    // The longest shortest form of a double is 24 characters, that of a long 20; a time has 34.
    private const int NumberBytes = 40;

    // The shortest form of a whole double below it has no exponent.
    private const long WholeBelow = 1_000_000_000_000_000;

    // As the rest of the API: the answer is application/json, never part of a page, so only what JSON itself asks for is escaped.
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(PieceBytes * 2);
    private int used;
    private Second lately = new();
    private Second before = new();

    /// <summary>Bytes that are written and not flushed.</summary>
    public int Used => used;

    /// <summary>There is a piece to flush.</summary>
    public bool IsFull => used >= PieceBytes;

    /// <summary>Writes JSON as it is.</summary>
    public void Raw(ReadOnlySpan<byte> json)
    {
        json.CopyTo(Room(json.Length));
        used += json.Length;
    }

    public void Number(long number)
    {
        number.TryFormat(Room(NumberBytes), out var written, default, CultureInfo.InvariantCulture);
        used += written;
    }

    /// <summary>The shortest form that reads back as the same number; null for what JSON cannot say, such as a sum that overflowed.</summary>
    public void Number(double number)
    {
        if (!double.IsFinite(number))
        {
            Raw("null"u8);
            return;
        }

        // Many are whole, and to find the shortest form of a double takes five times as long; the form is the same.
        var whole = (long)number;
        if (whole == number && whole is > -WholeBelow and < WholeBelow && (whole != 0 || !double.IsNegative(number)))
        {
            Number(whole);
            return;
        }

        number.TryFormat(Room(NumberBytes), out var written, default, CultureInfo.InvariantCulture);
        used += written;
    }

    /// <summary>A string in quotes, or null.</summary>
    public void Text(string? text)
    {
        if (text is null)
        {
            Raw("null"u8);
            return;
        }

        var room = Room(Encoding.UTF8.GetMaxByteCount(text.Length) + 2);
        var written = Encoding.UTF8.GetBytes(text, room[1..]);
        if (Encoder.FindFirstCharacterToEncodeUtf8(room.Slice(1, written)) >= 0)
        {
            var escaped = Encoder.Encode(text);
            room = Room(escaped.Length * 3 + 2);
            written = Encoding.UTF8.GetBytes(escaped, room[1..]);
        }

        room[0] = room[written + 1] = (byte)'"';
        used += written + 2;
    }

    /// <summary>Text as it is, with no quotes and nothing escaped.</summary>
    public void Plain(string text) => used += Encoding.UTF8.GetBytes(text, Room(Encoding.UTF8.GetMaxByteCount(text.Length)));

    /// <summary>Puts what was written since <see cref="Used"/> was <paramref name="from"/> into quotes, each quote in it doubled (RFC 4180, 2.7).</summary>
    public void Quote(int from)
    {
        var quotes = buffer.AsSpan(from, used - from).Count((byte)'"');
        Room(quotes + 2);
        var (read, write) = (used - 1, used + quotes + 1);
        used = write + 1;
        buffer[write--] = (byte)'"';
        while (read >= from)
        {
            var next = buffer[read--];
            buffer[write--] = next;
            if (next == (byte)'"')
            {
                buffer[write--] = next;
            }
        }

        buffer[write] = (byte)'"';
    }

    /// <summary>Milliseconds since 1970, with decimals only where there are microseconds.</summary>
    /// <param name="time">Microseconds since the epoch, UTC.</param>
    public void Milliseconds(long time)
    {
        var (whole, rest) = Math.DivRem(time, 1000);
        if (rest == 0)
        {
            Number(whole);
            return;
        }

        (time / 1000m).TryFormat(Room(NumberBytes), out var written, default, CultureInfo.InvariantCulture);
        used += written;
    }

    /// <summary>A date-time of RFC 3339 in quotes, as the rest of the API writes them.</summary>
    /// <param name="time">Microseconds since the epoch, UTC, of the years 1 to 9999.</param>
    public void Time(long time)
    {
        var (now, fraction) = Math.DivRem(time, 1_000_000);
        (now, fraction) = fraction < 0 ? (now - 1, fraction + 1_000_000) : (now, fraction);
        // Values that were taken or arrived together share their second, and the calendar is most of the work. Two seconds, as values have two times.
        if (now != lately.Value)
        {
            (lately, before) = (before, lately);
            lately.Write(now);
        }

        var room = Room(NumberBytes);
        var at = 0;
        room[at++] = (byte)'"';
        lately.Text.CopyTo(room[at..]);
        at += lately.Text.Length;
        if (fraction != 0)
        {
            room[at++] = (byte)'.';
            for (var unit = 100_000; fraction != 0; unit /= 10)
            {
                room[at++] = (byte)('0' + (fraction / unit));
                fraction %= unit;
            }
        }

        "+00:00\""u8.CopyTo(room[at..]);
        used += at + "+00:00\"".Length;
    }

    /// <summary>Hands what is written to the response; waits while the client reads more slowly.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellation)
    {
        await output.WriteAsync(buffer.AsMemory(0, used), cancellation);
        used = 0;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    private Span<byte> Room(int count)
    {
        if (buffer.Length - used < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(buffer.Length * 2, used + count));
            buffer.AsSpan(0, used).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }

        return buffer.AsSpan(used);
    }

    /// <summary>A second as RFC 3339 writes it, without its zone.</summary>
    private sealed class Second
    {
        public long Value { get; private set; } = long.MinValue;

        public byte[] Text { get; } = new byte["2026-01-05T08:00:00".Length];

        public void Write(long second)
        {
            if (second != Value)
            {
                DateTimeOffset.FromUnixTimeSeconds(second).TryFormat(Text, out _, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
                Value = second;
            }
        }
    }
}
