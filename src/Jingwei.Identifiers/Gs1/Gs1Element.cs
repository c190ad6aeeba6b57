namespace Jingwei.Identifiers.Gs1;

/// <summary>An Application Identifier with its value.</summary>
/// <param name="Identifier">Two to four digits, as `01`.</param>
/// <param name="Value">The value as it is, never escaped.</param>
public readonly record struct Gs1Element(string Identifier, string Value)
{
    public override string ToString() => $"({Identifier}){Value}";
}
