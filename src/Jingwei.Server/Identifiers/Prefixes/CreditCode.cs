namespace Jingwei.Server.Identifiers.Prefixes;

/// <summary>
/// The unified social credit code of an organisation in China (GB 32100-2015): 17 characters and a check character over them.
/// </summary>
internal static class CreditCode
{
    public const int Length = 18;

    // Clause 4: digits and capital letters without those that are mistaken for digits, I O S V Z; the place in this line is the value.
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    // Annex A: the weight of the character at place i is 3 to the power of i - 1, modulo 31.
    private const int Base = 3;

    /// <summary>Whether a code has the form, and its check character is the one that annex A computes.</summary>
    public static bool IsValid(string code)
    {
        if (code.Length != Length)
        {
            return false;
        }

        var (sum, weight) = (0, 1);
        foreach (var character in code.AsSpan(0, Length - 1))
        {
            var value = Alphabet.IndexOf(character, StringComparison.Ordinal);
            if (value < 0)
            {
                return false;
            }

            sum += value * weight;
            weight = weight * Base % Alphabet.Length;
        }

        var check = (Alphabet.Length - (sum % Alphabet.Length)) % Alphabet.Length;
        return code[^1] == Alphabet[check];
    }
}
