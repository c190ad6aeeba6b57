namespace Jingwei.Identifiers.Gs1.Content;

/// <summary>What a part of a value must be beyond its length and its characters (General Specifications, section 3).</summary>
public enum ContentCheck
{
    /// <summary>Ends with its <see cref="Content.CheckDigit"/>.</summary>
    CheckDigit,
    /// <summary>Ends with its <see cref="Content.CheckPair"/>.</summary>
    CheckPair,
    /// <summary>Begins with a GS1 Company Prefix, of which the first four characters are always digits (1.4.2).</summary>
    CompanyPrefix,
    /// <summary>As <see cref="CompanyPrefix"/>, behind an indicator or extension digit.</summary>
    CompanyPrefixSecond,
    /// <summary>A day, `YYMMDD` (7.12).</summary>
    Date,
    /// <summary>A day or, with `00` for the day, a month: `YYMMDD`.</summary>
    DateOrMonth,
    /// <summary>A day, `YYYYMMDD`.</summary>
    FullDate,
    /// <summary>Hours from `00` to `23`.</summary>
    Hours,
    /// <summary>Minutes from `00` to `59`.</summary>
    Minutes,
    /// <summary>Seconds from `00` to `59`.</summary>
    Seconds,
    /// <summary>Hours and minutes, `hhmm`.</summary>
    HoursAndMinutes,
    /// <summary>Numeric code of a country (ISO 3166-1).</summary>
    Country,
    /// <summary>Numeric code of a country, or 999 for none (AI 7030 to 7039).</summary>
    CountryOrNone,
    /// <summary>Two letters of a country (ISO 3166-1).</summary>
    CountryAlpha2,
    /// <summary>Numeric code of a currency (ISO 4217).</summary>
    Currency,
    /// <summary>Sex at birth: 0, 1, 2 or 9 (ISO/IEC 5218).</summary>
    Sex,
    /// <summary>Text in which every `%` begins an escape (RFC 3986).</summary>
    PercentEncoded,
    /// <summary>0 for no, 1 for yes.</summary>
    YesOrNo,
    /// <summary>Only `-`: the temperature is below zero.</summary>
    MinusSign,
    /// <summary>Not zero.</summary>
    NotZero,
    /// <summary>Zero.</summary>
    Zero,
    /// <summary>No zero in front.</summary>
    NoLeadingZero,
    /// <summary>Direction of winding: 0, 1 or 9 (AI 8001).</summary>
    Winding,
    /// <summary>International bank account number (ISO 13616).</summary>
    BankAccount,
    /// <summary>Degrees of latitude plus 90, times ten million: up to 1800000000 (AI 4309).</summary>
    Latitude,
    /// <summary>Degrees of longitude, times ten million, those of the west plus 360: up to 3600000000 (AI 4309).</summary>
    Longitude,
    /// <summary>Type of carrier by ICCBBA (AI 7241).</summary>
    MediaType,
    /// <summary>Type of package (AI 7041).</summary>
    PackageType,
    /// <summary>Importer index: a digit, a letter, `-` or `_` (AI 7040).</summary>
    ImporterIndex,
    /// <summary>Number of a piece and count of pieces, of the same length, neither zero (AI 8006).</summary>
    PieceOfTotal,
    /// <summary>Place in a sequence, as `1/3` (AI 7258).</summary>
    PlaceInSequence,
    /// <summary>Coupon of North America (AI 8110).</summary>
    Coupon,
    /// <summary>Coupon of North America that is in a file of offers (AI 8112).</summary>
    CouponOffer,
    /// <summary>Has at least one character that is no digit (AI 8014).</summary>
    HasNonDigit,
}
