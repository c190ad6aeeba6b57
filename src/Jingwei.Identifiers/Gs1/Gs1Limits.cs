namespace Jingwei.Identifiers.Gs1;

/// <summary>What a text may cost and how far from the letter of the standards it may be. Beyond a limit nothing of it is read.</summary>
public sealed record Gs1Limits
{
    /// <summary>As the standards have it.</summary>
    public static Gs1Limits Default { get; } = new();

    /// <summary>As many printed codes are: with short GTINs and the names of identifiers that Digital Link 1.0 had.</summary>
    public static Gs1Limits Lenient { get; } = new() { AllowsShortGtin = true, AllowsNames = true };

    /// <summary>Longest text in characters. Default 8,191, as GS1's own Barcode Syntax Engine has it.</summary>
    public int Length { get; init; } = 8_191;

    /// <summary>Most elements, and most other parameters of a query. Default 64, as GS1's own Barcode Syntax Engine has it.</summary>
    public int Elements { get; init; } = 64;

    /// <summary>Whether digits are taken for an identifier that the General Specifications do not have yet.</summary>
    public bool AllowsUnknown { get; init; }

    /// <summary>Whether a GTIN in a Digital Link may have 8, 12 or 13 digits, as before version 1.3; it is filled up to 14.</summary>
    public bool AllowsShortGtin { get; init; }

    /// <summary>Whether a Digital Link may say `gtin` for `01` and so on, as before version 1.2.</summary>
    public bool AllowsNames { get; init; }

    internal Elements.ApplicationIdentifier? Identifier(ReadOnlySpan<char> code) =>
        Gs1.Elements.ApplicationIdentifier.Find(code) ?? (AllowsUnknown ? Gs1.Elements.ApplicationIdentifier.Unknown(code) : null);
}
