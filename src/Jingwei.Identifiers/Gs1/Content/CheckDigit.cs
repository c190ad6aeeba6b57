namespace Jingwei.Identifiers.Gs1.Content;

/// <summary>The check digit of numeric keys: modulo 10 with weights 3 and 1 from the right (General Specifications, 7.9.1).</summary>
public static class CheckDigit
{
    /// <summary>The digit that belongs behind <paramref name="digits"/>, which must be decimal digits.</summary>
    public static char Of(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            sum += (digits[i] - '0') * (((digits.Length - i) & 1) == 1 ? 3 : 1);
        }

        return (char)('0' + ((10 - (sum % 10)) % 10));
    }

    /// <summary>Whether the last digit of <paramref name="key"/>, of decimal digits, is the check digit of those before it.</summary>
    public static bool IsRight(ReadOnlySpan<char> key) => !key.IsEmpty && Of(key[..^1]) == key[^1];
}
