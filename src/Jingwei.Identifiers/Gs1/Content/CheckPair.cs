using Jingwei.Identifiers.Gs1.Elements;

namespace Jingwei.Identifiers.Gs1.Content;

/// <summary>The pair of check characters of alphanumeric keys: sum of the characters' places in set 82, weighted by primes from the right, modulo 1021 (General Specifications, 7.9.5).</summary>
public static class CheckPair
{
    private const string Alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    // As many primes as the longest value has characters before its pair: X..90 of AI 91 to 99.
    private static readonly int[] Primes = FirstPrimes(88);

    /// <summary>Longest text before a pair.</summary>
    public static int LongestText => Primes.Length;

    /// <summary>The pair that belongs behind <paramref name="text"/>; null when it is longer than <see cref="LongestText"/> or has a character outside set 82.</summary>
    public static string? Of(ReadOnlySpan<char> text)
    {
        if (text.Length > LongestText)
        {
            return null;
        }

        var sum = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var weight = CharacterSets.Set82InOrder.IndexOf(text[i], StringComparison.Ordinal);
            if (weight < 0)
            {
                return null;
            }

            sum += weight * Primes[text.Length - 1 - i];
        }

        return new([Alphabet[sum % 1021 >> 5], Alphabet[sum % 1021 & 31]]);
    }

    /// <summary>Whether the last two characters of <paramref name="key"/> are the pair of those before them.</summary>
    public static bool IsRight(ReadOnlySpan<char> key) => key.Length >= 2 && Of(key[..^2]) is { } pair && key[^2..].SequenceEqual(pair);

    private static int[] FirstPrimes(int count)
    {
        var primes = new List<int>(count);
        for (var candidate = 2; primes.Count < count; candidate++)
        {
            if (primes.TrueForAll(prime => candidate % prime != 0))
            {
                primes.Add(candidate);
            }
        }

        return [.. primes];
    }
}
