using System.Buffers;
using System.Text;

namespace Jingwei.Civic.Documents;

/// <summary>What the bytes themselves say on being UTF-8.</summary>
/// <param name="Sequences">Well-formed sequences of more than one byte.</param>
/// <param name="Faults">Places where there is none.</param>
internal readonly record struct Utf8Evidence(int Sequences, int Faults)
{
    // Two bytes of GBK happen to be well-formed UTF-8 about once in ten (30 of 94 first bytes, 31 of 94 second ones): eight in a row are no chance.
    private const int Convincing = 8;

    public bool IsConvincing => Faults == 0 && Sequences >= Convincing;

    /// <summary>UTF-8 with a few bytes lost or changed on the way.</summary>
    public bool IsDamaged => Faults > 0 && Sequences >= Convincing && Faults <= Sequences / 10;

    public static Utf8Evidence Of(ReadOnlySpan<byte> bytes)
    {
        var (sequences, faults) = (0, 0);
        for (var rest = bytes; ;)
        {
            var ascii = rest.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            if (ascii < 0)
            {
                return new(sequences, faults);
            }

            rest = rest[ascii..];
            if (Rune.DecodeFromUtf8(rest, out _, out var length) == OperationStatus.Done)
            {
                sequences++;
            }
            else
            {
                faults++;
            }

            rest = rest[length..];
        }
    }
}
