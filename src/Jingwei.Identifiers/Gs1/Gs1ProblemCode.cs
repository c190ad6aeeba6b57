namespace Jingwei.Identifiers.Gs1;

/// <summary>What can be wrong with a GS1 identifier and with what carries it.</summary>
public enum Gs1ProblemCode
{
    /// <summary>Not built as the grammar wants it.</summary>
    Malformed,
    /// <summary>Longer than a named limit; nothing of it was read.</summary>
    TooLarge,
    /// <summary>More elements than a named limit.</summary>
    TooManyElements,

    /// <summary>No GS1 Application Identifier (General Specifications, section 3).</summary>
    UnknownIdentifier,
    /// <summary>A value that is not there.</summary>
    EmptyValue,
    /// <summary>A value with fewer characters than its format has.</summary>
    TooShort,
    /// <summary>A value with more characters than its format has.</summary>
    TooLong,
    /// <summary>A character outside the set of the format (General Specifications, 7.11).</summary>
    InvalidCharacter,
    /// <summary>The check digit does not fit (General Specifications, 7.9.1).</summary>
    WrongCheckDigit,
    /// <summary>The pair of check characters does not fit (General Specifications, 7.9.5).</summary>
    WrongCheckPair,
    /// <summary>A key that does not begin with a GS1 Company Prefix, or one of another length than was given.</summary>
    InvalidCompanyPrefix,
    /// <summary>No such day.</summary>
    InvalidDate,
    /// <summary>No such time of day.</summary>
    InvalidTime,
    /// <summary>A number outside its range, or with zeros in front where none may be.</summary>
    InvalidNumber,
    /// <summary>A code that its list does not have, as of a country or currency.</summary>
    InvalidCode,
    /// <summary>A `%` without two hexadecimal digits, or bytes that are no text.</summary>
    InvalidPercentEncoding,
    /// <summary>A coupon code that breaks off or has a wrong length indicator.</summary>
    InvalidCoupon,

    /// <summary>An element that may only be there together with others that are not (General Specifications, 4.13.2).</summary>
    MissingCompanion,
    /// <summary>Two elements that may not be together (General Specifications, 4.13.1).</summary>
    ExcludedCompanion,
    /// <summary>An element more than once.</summary>
    Repeated,

    /// <summary>Neither `http` nor `https`.</summary>
    InvalidScheme,
    /// <summary>No domain name, or one with characters that domain names do not have.</summary>
    InvalidDomain,
    /// <summary>No primary key of Digital Links in the path or among the elements.</summary>
    NoPrimaryKey,
    /// <summary>Elements in the path that do not qualify its key, or not in this order.</summary>
    InvalidPath,
    /// <summary>An element in the query that belongs in the path.</summary>
    BelongsInPath,
    /// <summary>An element that may not be an attribute of a Digital Link.</summary>
    NoAttribute,

    /// <summary>No scheme of EPC URIs that stands for a GS1 key.</summary>
    UnknownScheme,
    /// <summary>Elements that no EPC URI stands for.</summary>
    NoEpc,
}
