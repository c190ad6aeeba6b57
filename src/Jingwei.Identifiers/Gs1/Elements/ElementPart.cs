using System.Collections.Immutable;
using Jingwei.Identifiers.Gs1.Content;

namespace Jingwei.Identifiers.Gs1.Elements;

/// <summary>A part of an element's value, as the 13 digits before the serial number of AI 253.</summary>
/// <param name="Set">The characters it may have.</param>
/// <param name="Shortest">Fewest characters.</param>
/// <param name="Longest">Most characters.</param>
/// <param name="IsOptional">Whether it may be missing; all parts behind it may be missing then.</param>
/// <param name="Checks">What it must be beyond that.</param>
public sealed record ElementPart(CharacterSet Set, int Shortest, int Longest, bool IsOptional, ImmutableArray<ContentCheck> Checks)
{
    internal Gs1Problem? Check(ReadOnlySpan<char> part)
    {
        if (part.Length < Shortest)
        {
            return new(Gs1ProblemCode.TooShort, $"At least {Shortest} characters belong here.", 0);
        }

        if (CharacterSets.FirstOutside(Set, part) is var outside && outside >= 0)
        {
            return new(Gs1ProblemCode.InvalidCharacter, "A character that the format does not have.", outside);
        }

        foreach (var check in Checks)
        {
            if (ContentChecks.Find(check, part) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }
}
