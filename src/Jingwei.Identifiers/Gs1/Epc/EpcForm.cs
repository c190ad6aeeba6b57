using Jingwei.Identifiers.Gs1.Elements;

namespace Jingwei.Identifiers.Gs1.Epc;

/// <summary>How the URIs of a scheme are built, and of which elements they consist (Tag Data Standard 2.x, sections 6.3 and 7).</summary>
/// <param name="Scheme">The scheme.</param>
/// <param name="Name">Its name in URIs.</param>
/// <param name="Key">Application Identifier of the key.</param>
internal sealed record EpcForm(EpcScheme Scheme, string Name, string Key)
{
    /// <summary>Digits of company prefix and reference together; 0 when the reference is text, up to <see cref="LongestKey"/> together.</summary>
    public int Digits { get; init; }

    /// <summary>Whether the reference begins with the digit that the key begins with: indicator or extension digit.</summary>
    public bool LeadsKey { get; init; }

    /// <summary>Characters of a reference that is text.</summary>
    public CharacterSet ReferenceSet { get; init; } = CharacterSet.Set82;

    /// <summary>Longest serial number; 0 when there is none.</summary>
    public int SerialLength { get; init; }

    public CharacterSet SerialSet { get; init; } = CharacterSet.Set82;

    /// <summary>Application Identifier of the serial number; null when it stands behind the key in the same element.</summary>
    public string? SerialIdentifier { get; init; }

    /// <summary>Whether the number of the piece and the count of pieces stand between reference and serial number.</summary>
    public bool HasPieces { get; init; }

    /// <summary>What the key begins with, before the company prefix.</summary>
    public string Filler { get; init; } = "";

    /// <summary>Longest key of text, by AI 401, 8004 and 8010.</summary>
    public const int LongestKey = 30;

    public static readonly EpcForm[] All =
    [
        new(EpcScheme.Sgtin, "sgtin", "01") { Digits = 13, LeadsKey = true, SerialLength = 20, SerialIdentifier = "21" },
        new(EpcScheme.Sscc, "sscc", "00") { Digits = 17, LeadsKey = true },
        new(EpcScheme.Sgln, "sgln", "414") { Digits = 12, SerialLength = 20, SerialIdentifier = "254" },
        new(EpcScheme.Grai, "grai", "8003") { Digits = 12, SerialLength = 16, Filler = "0" },
        new(EpcScheme.Giai, "giai", "8004"),
        new(EpcScheme.Gsrn, "gsrn", "8018") { Digits = 17 },
        new(EpcScheme.Gsrnp, "gsrnp", "8017") { Digits = 17 },
        new(EpcScheme.Gdti, "gdti", "253") { Digits = 12, SerialLength = 17 },
        new(EpcScheme.Cpi, "cpi", "8010") { ReferenceSet = CharacterSet.Set39, SerialLength = 12, SerialSet = CharacterSet.Digits, SerialIdentifier = "8011" },
        new(EpcScheme.Sgcn, "sgcn", "255") { Digits = 12, SerialLength = 12, SerialSet = CharacterSet.Digits },
        new(EpcScheme.Ginc, "ginc", "401"),
        new(EpcScheme.Gsin, "gsin", "402") { Digits = 16 },
        new(EpcScheme.Itip, "itip", "8006") { Digits = 13, LeadsKey = true, HasPieces = true, SerialLength = 20, SerialIdentifier = "21" },
        new(EpcScheme.Upui, "upui", "01") { Digits = 13, LeadsKey = true, SerialLength = 28, SerialIdentifier = "235" },
        new(EpcScheme.Pgln, "pgln", "417") { Digits = 12 },
        new(EpcScheme.Lgtin, "lgtin", "01") { Digits = 13, LeadsKey = true, SerialLength = 20, SerialIdentifier = "10" },
    ];

    public static EpcForm Of(EpcScheme scheme) => All[(int)scheme];

    /// <summary>The form of a name; null when there is none of that kind.</summary>
    public static EpcForm? Find(ReadOnlySpan<char> name, EpcUriKind kind)
    {
        foreach (var form in All)
        {
            if (name.SequenceEqual(form.Name) && (form.Scheme == EpcScheme.Lgtin) == (kind == EpcUriKind.Class))
            {
                return form;
            }
        }

        return null;
    }

    /// <summary>Parts of a URI behind the scheme.</summary>
    public int Parts => 2 + (HasPieces ? 2 : 0) + (SerialLength > 0 ? 1 : 0);
}
