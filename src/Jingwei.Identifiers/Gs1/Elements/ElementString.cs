using System.Text;

namespace Jingwei.Identifiers.Gs1.Elements;

/// <summary>
/// Elements as a barcode carries them (GS1 General Specifications, 7.8): `ElementString.Read("(01)09520123456788(10)ABC")`.
/// What <see cref="Read"/> and <see cref="ReadScan"/> give has right values; whether the elements go together is <see cref="CheckCompanions"/>.
/// </summary>
/// <param name="Elements">In the order in which they were written.</param>
public sealed record ElementString(IReadOnlyList<Gs1Element> Elements)
{
    /// <summary>What a scanner sends for FNC1 between elements: GS, U+001D (General Specifications, 7.8.3).</summary>
    public const char Separator = '\u001D';

    /// <summary>Reads the form for people: each identifier in parentheses, `(` within a value as `\(`.</summary>
    public static Gs1Reading<ElementString> Read(string text, Gs1Limits? limits = null) => ElementStringReader.ReadBracketed(text, limits ?? Gs1Limits.Default);

    /// <summary>Reads what a scanner sends: identifiers and values without a gap, a separator behind each value whose length is not predefined, a symbology identifier or separator in front or none.</summary>
    /// <param name="text">As scanned.</param>
    /// <param name="separator">The character that stands for FNC1.</param>
    /// <param name="limits">What the text may cost.</param>
    public static Gs1Reading<ElementString> ReadScan(string text, char separator = Separator, Gs1Limits? limits = null) => ElementStringReader.ReadScan(text, separator, limits ?? Gs1Limits.Default);

    /// <summary>Everything that is against the rules on which elements must and must not be together (General Specifications, 4.13); also a second element of an identifier with another value.</summary>
    public IReadOnlyList<Gs1Problem> CheckCompanions() => ElementCompanions.Check(Elements);

    /// <summary>The value of an identifier; null when it is not there.</summary>
    public string? Find(string identifier)
    {
        foreach (var element in Elements)
        {
            if (element.Identifier == identifier)
            {
                return element.Value;
            }
        }

        return null;
    }

    /// <summary>The form that barcodes carry, with a separator behind each value whose length is not predefined, except the last.</summary>
    public string ToScan(char separator = Separator)
    {
        var scan = new StringBuilder();
        var isOpen = false;
        foreach (var (identifier, value) in Elements)
        {
            if (isOpen)
            {
                scan.Append(separator);
            }

            scan.Append(identifier).Append(value);
            isOpen = ApplicationIdentifier.Find(identifier) is not { IsPredefinedLength: true };
        }

        return scan.ToString();
    }

    /// <summary>The form for people, which <see cref="Read"/> reads.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (identifier, value) in Elements)
        {
            text.Append('(').Append(identifier).Append(')').Append(value.Replace("(", "\\(", StringComparison.Ordinal));
        }

        return text.ToString();
    }

    public bool Equals(ElementString? other) => other is not null && Elements.SequenceEqual(other.Elements);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var element in Elements)
        {
            hash.Add(element);
        }

        return hash.ToHashCode();
    }
}
