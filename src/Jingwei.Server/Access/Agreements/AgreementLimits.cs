namespace Jingwei.Server.Access.Agreements;

/// <summary>How large agreements may be.</summary>
internal static class AgreementLimits
{
    /// <summary>Most product classes, event types, fields or value types of an agreement: what a person still reads before he signs.</summary>
    public const int Listed = 200;

    /// <summary>Longest of them in characters: an identifier that stands in an address.</summary>
    public const int Text = 512;

    /// <summary>Longest purpose or reason in characters.</summary>
    public const int Purpose = 2000;

    /// <summary>Most agreements of one party with another that are proposed or hold; more belong into one.</summary>
    public const int Together = 100;

    /// <summary>Longest time that one is made for: who shows something looks at it again.</summary>
    public const int Years = 10;
}
