namespace Jingwei.Identifiers.Gs1.Content;

/// <summary>Carries out a <see cref="ContentCheck"/>.</summary>
internal static class ContentChecks
{
    // Shortest GS1 Company Prefix in digits (General Specifications, 1.4.2); how long one is only its giver knows.
    private const int ShortestCompanyPrefix = 4;

    /// <summary>What is wrong with a part of a value, whose length and characters are right; null when nothing is. Its position is in the part.</summary>
    internal static Gs1Problem? Find(ContentCheck check, ReadOnlySpan<char> part) => check switch
    {
        ContentCheck.CheckDigit => CheckDigit.IsRight(part) ? null : new(Gs1ProblemCode.WrongCheckDigit, $"The check digit should be {CheckDigit.Of(part[..^1])}.", part.Length - 1),
        ContentCheck.CheckPair => CheckPairOf(part),
        ContentCheck.CompanyPrefix => CompanyPrefix(part, 0),
        ContentCheck.CompanyPrefixSecond => CompanyPrefix(part, 1),
        ContentCheck.Date => DatesAndTimes.Date(part, isMonthEnough: false),
        ContentCheck.DateOrMonth => DatesAndTimes.Date(part, isMonthEnough: true),
        ContentCheck.FullDate => DatesAndTimes.FullDate(part),
        ContentCheck.Hours => DatesAndTimes.Below(24, part, 0),
        ContentCheck.Minutes or ContentCheck.Seconds => DatesAndTimes.Below(60, part, 0),
        ContentCheck.HoursAndMinutes => DatesAndTimes.Below(24, part[..2], 0) ?? DatesAndTimes.Below(60, part[2..], 2),
        ContentCheck.Country => Code(CodeLists.Has(CodeLists.Countries, part), "No code of a country (ISO 3166-1)."),
        ContentCheck.CountryOrNone => Code(part is "999" || CodeLists.Has(CodeLists.Countries, part), "No code of a country (ISO 3166-1), nor 999."),
        ContentCheck.CountryAlpha2 => Code(CodeLists.Has(CodeLists.CountriesAlpha2, part), "No code of a country (ISO 3166-1)."),
        ContentCheck.Currency => Code(CodeLists.Has(CodeLists.Currencies, part), "No code of a currency (ISO 4217)."),
        ContentCheck.Sex => Code(part is "0" or "1" or "2" or "9", "No code of a sex (ISO/IEC 5218)."),
        ContentCheck.YesOrNo => Code(part is "0" or "1", "Neither 0 nor 1."),
        ContentCheck.MinusSign => Code(part.IndexOfAnyExcept('-') < 0, "Only a minus sign may stand here."),
        ContentCheck.Winding => Code(part is "0" or "1" or "9", "No direction of winding: 0, 1 or 9."),
        ContentCheck.MediaType => Code(IsMediaType(part), "No type of carrier."),
        ContentCheck.PackageType => Code(CodeLists.Has(CodeLists.PackageTypes, part), "No type of package."),
        ContentCheck.ImporterIndex => Code(char.IsAsciiLetterOrDigit(part[0]) || part[0] is '-' or '_', "No importer index."),
        ContentCheck.PercentEncoded => Numbers.PercentEncoded(part),
        ContentCheck.NotZero => Numbers.Require(part.IndexOfAnyExcept('0') >= 0, "The number is not zero."),
        ContentCheck.Zero => Numbers.Require(part.IndexOfAnyExcept('0') < 0, "The number is zero."),
        ContentCheck.NoLeadingZero => Numbers.Require(part[0] != '0', "The number does not begin with 0."),
        ContentCheck.Latitude => Numbers.AtMost(1_800_000_000, part),
        ContentCheck.Longitude => Numbers.AtMost(3_600_000_000, part),
        ContentCheck.PieceOfTotal => Numbers.PieceOfTotal(part),
        ContentCheck.PlaceInSequence => Numbers.PlaceInSequence(part),
        ContentCheck.BankAccount => BankAccount.Find(part),
        ContentCheck.Coupon => Coupons.Coupon(part),
        ContentCheck.CouponOffer => Coupons.Offer(part),
        _ => part.IndexOfAnyExceptInRange('0', '9') >= 0 ? null : new(Gs1ProblemCode.InvalidCharacter, "At least one character is no digit.", 0),
    };

    private static Gs1Problem? CheckPairOf(ReadOnlySpan<char> part) =>
        part.Length < 2 ? new(Gs1ProblemCode.TooShort, "Two check characters belong at the end.", 0)
        : CheckPair.IsRight(part) ? null
        : new(Gs1ProblemCode.WrongCheckPair, $"The check characters should be {CheckPair.Of(part[..^2])}.", part.Length - 2);

    internal static Gs1Problem? CompanyPrefix(ReadOnlySpan<char> part, int start)
    {
        if (part.Length < start + ShortestCompanyPrefix)
        {
            return new(Gs1ProblemCode.TooShort, "Too short for a GS1 Company Prefix.", 0);
        }

        var outside = part.Slice(start, ShortestCompanyPrefix).IndexOfAnyExceptInRange('0', '9');
        return outside < 0 ? null : new(Gs1ProblemCode.InvalidCompanyPrefix, $"A GS1 Company Prefix begins with {ShortestCompanyPrefix} digits.", start + outside);
    }

    private static Gs1Problem? Code(bool isRight, string message) => isRight ? null : new(Gs1ProblemCode.InvalidCode, message, 0);

    // ICCBBA's table of carrier types: 01 to 10 given, 80 to 99 for local use.
    private static bool IsMediaType(ReadOnlySpan<char> part) => int.Parse(part, System.Globalization.CultureInfo.InvariantCulture) is (>= 1 and <= 10) or >= 80;
}
