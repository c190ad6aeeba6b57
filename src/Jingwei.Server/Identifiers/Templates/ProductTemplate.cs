using System.Collections.Immutable;

namespace Jingwei.Server.Identifiers.Templates;

/// <summary>What the text of a field is.</summary>
public enum FieldFormat
{
    Text,

    /// <summary>A number with a point.</summary>
    Number,

    /// <summary>A day, as 2026-11-29, or a time with its offset (RFC 3339).</summary>
    Date,

    /// <summary>An absolute address.</summary>
    Url,

    /// <summary>Another identifier: prefix/suffix.</summary>
    Identifier,
}

/// <summary>One value of the identifiers of a class.</summary>
/// <param name="Type">The value's type; no two fields have the same.</param>
/// <param name="Unit">UCUM; null for none.</param>
/// <param name="Pattern">A regular expression that the whole text fits; null for any.</param>
public sealed record TemplateField(string Type, Label Name, FieldFormat Format, string? Unit, bool Required, string? Pattern);

/// <summary>What the identifiers of a product class hold. Immutable; a change is a new version.</summary>
/// <param name="Party">Whose it is: only its identifiers, and those of parties below it, keep to it.</param>
public sealed record ProductTemplate(
    string Id, string Party, Label Name, ImmutableArray<TemplateField> Fields, string By, DateTimeOffset At, long Version);
