using Jingwei.Identifiers.Gs1.Elements;

namespace Jingwei.Identifiers.Gs1.Compression;

/// <summary>A stretch of an element's value that is compressed as one: neighbouring parts of the same kind (GS1 Digital Link Standard: Compression, table F).</summary>
/// <param name="IsNumeric">Whether it has only digits.</param>
/// <param name="IsFixed">Whether it always has <paramref name="Length"/> characters.</param>
/// <param name="Length">Most characters.</param>
internal readonly record struct Segment(bool IsNumeric, bool IsFixed, int Length)
{
    internal static List<Segment> Of(ApplicationIdentifier identifier)
    {
        var segments = new List<Segment>();
        foreach (var part in identifier.Parts)
        {
            var next = new Segment(part.Set == CharacterSet.Digits, !part.IsOptional && part.Shortest == part.Longest, part.Longest);

            // Digits that are always there are one number; those that may be missing are another, with its length before it.
            if (segments.Count > 0 && segments[^1] is var last && last.IsNumeric == next.IsNumeric && (!next.IsNumeric || last.IsFixed == next.IsFixed))
            {
                segments[^1] = new(next.IsNumeric, last.IsFixed && next.IsFixed, last.Length + next.Length);
            }
            else
            {
                segments.Add(next);
            }
        }

        return segments;
    }

    /// <summary>Bits of the length of a stretch that varies.</summary>
    internal int LengthBits => (int)Math.Ceiling(Math.Log2(Length) + 0.01);

    /// <summary>Bits of a number with so many digits.</summary>
    internal static int ValueBits(int digits) => (int)Math.Ceiling((digits * Math.Log2(10)) + 0.01);
}
