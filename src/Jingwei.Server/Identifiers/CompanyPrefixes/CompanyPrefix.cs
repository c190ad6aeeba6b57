namespace Jingwei.Server.Identifiers.CompanyPrefixes;

/// <summary>Where it stands that the keys of a GS1 Company Prefix are identifiers below a prefix.</summary>
public enum CompanyPrefixState
{
    /// <summary>Asked for, not yet looked at.</summary>
    Applied,

    /// <summary>Digital Links of these keys are answered from below the prefix.</summary>
    Active,

    /// <summary>Asked for and not given.</summary>
    Refused,
}

/// <summary>A GS1 Company Prefix whose keys are identifiers below a prefix of this node. Immutable.</summary>
/// <param name="Digits">The GS1 Company Prefix, or a longer beginning of keys, as of one that was licensed alone.</param>
/// <param name="Prefix">Of the node, in lower case.</param>
/// <param name="Why">What was said when it was refused.</param>
/// <param name="By">Who made the last change.</param>
public sealed record CompanyPrefix(string Digits, string Prefix, CompanyPrefixState State, string? Why, string By, DateTimeOffset Changed)
{
    /// <summary>Fewest digits: General Specifications, 1.4.4; of a key that was licensed alone there are all but its check digit.</summary>
    public const int FewestDigits = 4;

    /// <summary>Most digits.</summary>
    public const int MostDigits = 12;

    /// <summary>Whether a text can be a GS1 Company Prefix.</summary>
    public static bool IsValid(string digits) =>
        digits.Length is >= FewestDigits and <= MostDigits && digits.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;
}
