using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Jingwei.Identifiers.Gs1.Elements;

/// <summary>A GS1 Application Identifier: what the value behind it means and how it is built (GS1 General Specifications, section 3).</summary>
public sealed record ApplicationIdentifier
{
    /// <summary>Longest value of any element in characters: AI 91 to 99.</summary>
    public const int LongestValue = 90;

    /// <summary>Every identifier of the General Specifications.</summary>
    public static ImmutableArray<ApplicationIdentifier> All { get; } = [.. ApplicationIdentifierRow.ReadAll(ApplicationIdentifierTable.Rows)];

    private static readonly FrozenDictionary<string, ApplicationIdentifier>.AlternateLookup<ReadOnlySpan<char>> Known =
        All.ToFrozenDictionary(row => row.Code, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    // The first two digits decide how many there are (General Specifications, 3.2, note to the list of identifiers).
    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Lengths =
        All.GroupBy(identifier => identifier.Code[..2]).ToFrozenDictionary(group => group.Key, group => group.First().Code.Length, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Two to four digits.</summary>
    public required string Code { get; init; }

    /// <summary>Its data title; empty where there is none.</summary>
    public string Title { get; init; } = "";

    /// <summary>The parts of its value, in order; only the last ones may be missing, only the last one varies in length.</summary>
    public required ImmutableArray<ElementPart> Parts { get; init; }

    /// <summary>Whether the length is one of those that readers know beforehand, so that no separator follows (7.8.5, table of predefined lengths).</summary>
    public bool IsPredefinedLength { get; init; }

    /// <summary>Whether it may be an attribute in the query of a Digital Link.</summary>
    public bool IsLinkAttribute { get; init; }

    /// <summary>Groups of identifiers of which at least one must be there as a whole; none when it may be alone. `n` stands for any digit (4.13.2).</summary>
    public ImmutableArray<ImmutableArray<string>> Companions { get; init; } = [];

    /// <summary>Identifiers that must not be there, other than itself. `n` stands for any digit (4.13.1).</summary>
    public ImmutableArray<string> Exclusions { get; init; } = [];

    /// <summary>Whether it is a primary key of Digital Links.</summary>
    public bool IsLinkKey { get; init; }

    /// <summary>The qualifiers that may follow the key in the path of a Digital Link: alternatives, each in its order.</summary>
    public ImmutableArray<ImmutableArray<string>> Qualifiers { get; init; } = [];

    /// <summary>Fewest characters of the value.</summary>
    public int Shortest => Parts.Where(part => !part.IsOptional).Sum(part => part.Shortest);

    /// <summary>Most characters of the value.</summary>
    public int Longest => Parts.Sum(part => part.Longest);

    /// <summary>The identifier of these digits; null when the General Specifications have none.</summary>
    public static ApplicationIdentifier? Find(ReadOnlySpan<char> code) => Known.TryGetValue(code, out var identifier) ? identifier : null;

    /// <summary>An identifier that the General Specifications may have one day: digits that are none today and could be one; null for others. Its value is any text of set 82.</summary>
    public static ApplicationIdentifier? Unknown(ReadOnlySpan<char> code)
    {
        if (code.Length is < 2 or > 4 || code.IndexOfAnyExceptInRange('0', '9') >= 0 || (Lengths.TryGetValue(code[..2], out var length) && length != code.Length))
        {
            return null;
        }

        return new() { Code = code.ToString(), Parts = [new(CharacterSet.Set82, 1, LongestValue, false, [])] };
    }

    /// <summary>What is wrong with a value of this identifier; null when nothing is. The position is in the value.</summary>
    public Gs1Problem? Check(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty)
        {
            return new(Gs1ProblemCode.EmptyValue, $"({Code}) has no value.", 0);
        }

        var at = 0;
        foreach (var part in Parts)
        {
            if (at == value.Length && part.IsOptional)
            {
                return null;
            }

            var length = Math.Min(part.Longest, value.Length - at);
            if (part.Check(value.Slice(at, length)) is { } problem)
            {
                return problem.At(at) with { Message = $"({Code}): {problem.Message}" };
            }

            at += length;
        }

        return at == value.Length ? null : new(Gs1ProblemCode.TooLong, $"({Code}) has at most {Longest} characters.", at);
    }

    /// <summary>How many digits an identifier has that begins with these two; null when there is none.</summary>
    internal static int? CodeLength(ReadOnlySpan<char> firstTwo) => Lengths.TryGetValue(firstTwo, out var length) ? length : null;

    /// <summary>Whether a code is meant by another, in which `n` stands for any digit.</summary>
    internal static bool Fits(string pattern, string code)
    {
        if (pattern.Length != code.Length)
        {
            return false;
        }

        for (var i = 0; i < code.Length; i++)
        {
            if (pattern[i] != 'n' && pattern[i] != code[i])
            {
                return false;
            }
        }

        return true;
    }
}
