namespace Jingwei.Identifiers.Gs1.Content;

/// <summary>International bank account numbers (ISO 13616): country, two check digits, account; modulo 97 (ISO/IEC 7064) of the digits with the first four behind, letters from 10 to 35.</summary>
internal static class BankAccount
{
    private const int Shortest = 15;

    internal static Gs1Problem? Find(ReadOnlySpan<char> account)
    {
        if (account.Length < Shortest)
        {
            return new(Gs1ProblemCode.TooShort, $"A bank account has at least {Shortest} characters.", 0);
        }

        if (!CodeLists.Has(CodeLists.CountriesAlpha2, account[..2]))
        {
            return new(Gs1ProblemCode.InvalidCode, "A bank account begins with the code of a country.", 0);
        }

        var rest = 0;
        for (var i = 0; i < account.Length; i++)
        {
            var at = (i + 4) % account.Length;
            var c = account[at];
            if (!char.IsAsciiDigit(c) && !char.IsAsciiLetterUpper(c))
            {
                return new(Gs1ProblemCode.InvalidCharacter, "A bank account has digits and capital letters.", at);
            }

            rest = char.IsAsciiDigit(c) ? ((rest * 10) + c - '0') % 97 : ((rest * 100) + c - 'A' + 10) % 97;
        }

        return rest == 1 ? null : new(Gs1ProblemCode.WrongCheckDigit, "The check digits of the bank account do not fit.", 2);
    }
}
