using System.Buffers;
using System.Text.Json;

namespace Jingwei.Demo.Factory.Simulation;

/// <summary>Reports as the payload of <c>jw/{thing}/readings</c>: an array of <c>{"ts","values"}</c>, time in epoch milliseconds.</summary>
internal static class Payload
{
    /// <summary>Largest payload made here, in bytes; under the 128 KiB of readings that the server takes in one message.</summary>
    public const int Limit = 96 * 1024;

    public static byte[] Encode(IReadOnlyList<Report> reports) => Split(reports, int.MaxValue).Single();

    /// <summary>Cuts reports into payloads of at most <paramref name="limit"/> bytes, in order, each holding at least one report.</summary>
    public static IEnumerable<byte[]> Split(IEnumerable<Report> reports, int limit = Limit)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        var one = new ArrayBufferWriter<byte>(512);
        foreach (var report in reports)
        {
            one.ResetWrittenCount();
            Write(one, report);
            if (buffer.WrittenCount > 0 && buffer.WrittenCount + one.WrittenCount + 2 > limit)
            {
                yield return Close(buffer);
            }

            buffer.Write(buffer.WrittenCount == 0 ? "["u8 : ","u8);
            buffer.Write(one.WrittenSpan);
        }

        if (buffer.WrittenCount > 0)
        {
            yield return Close(buffer);
        }
    }

    private static byte[] Close(ArrayBufferWriter<byte> buffer)
    {
        buffer.Write("]"u8);
        var payload = buffer.WrittenSpan.ToArray();
        buffer.ResetWrittenCount();
        return payload;
    }

    private static void Write(ArrayBufferWriter<byte> buffer, Report report)
    {
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteNumber("ts"u8, report.At.ToUnixTimeMilliseconds());
        json.WriteStartObject("values"u8);
        foreach (var (property, number, text) in report.Values)
        {
            if (text is null)
            {
                json.WriteNumber(property, number);
            }
            else
            {
                json.WriteString(property, text);
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
