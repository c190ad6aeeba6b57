using System.Globalization;

namespace Jingwei.Identifiers.Gs1.Content;

/// <summary>Numbers in their ranges, alone and in pairs.</summary>
internal static class Numbers
{
    internal static Gs1Problem? Require(bool isRight, string message) => isRight ? null : new(Gs1ProblemCode.InvalidNumber, message, 0);

    internal static Gs1Problem? AtMost(long greatest, ReadOnlySpan<char> digits) =>
        Require(long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) <= greatest, $"At most {greatest}.");

    internal static Gs1Problem? PieceOfTotal(ReadOnlySpan<char> digits)
    {
        var half = digits.Length / 2;
        var piece = digits[..half];
        var total = digits[half..];
        if (piece.IndexOfAnyExcept('0') < 0)
        {
            return new(Gs1ProblemCode.InvalidNumber, "The number of a piece begins at 1.", 0);
        }

        // Of the same length: the order of the digits is that of the numbers.
        return Require(piece.SequenceCompareTo(total) <= 0, "The number of a piece is at most the count of pieces.");
    }

    internal static Gs1Problem? PlaceInSequence(ReadOnlySpan<char> text)
    {
        var slash = text.IndexOf('/');
        if (slash < 1 || slash == text.Length - 1 || text[..slash].IndexOfAnyExceptInRange('0', '9') >= 0 || text[(slash + 1)..].IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            return new(Gs1ProblemCode.Malformed, "A place in a sequence is a number, a slash and the length of the sequence.", 0);
        }

        var place = text[..slash];
        var end = text[(slash + 1)..];
        if (place[0] == '0' || end[0] == '0')
        {
            return new(Gs1ProblemCode.InvalidNumber, "The number does not begin with 0.", place[0] == '0' ? 0 : slash + 1);
        }

        return Require(place.Length < end.Length || (place.Length == end.Length && place.SequenceCompareTo(end) <= 0), "The place is at most the length of the sequence.");
    }

    internal static Gs1Problem? PercentEncoded(ReadOnlySpan<char> text)
    {
        for (var i = text.IndexOf('%'); i >= 0; i = text[i..].IndexOf('%') is var next && next < 0 ? -1 : i + next)
        {
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
            {
                return new(Gs1ProblemCode.InvalidPercentEncoding, "Two hexadecimal digits belong behind %.", i);
            }

            i += 3;
        }

        return null;
    }
}
