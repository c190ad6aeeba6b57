using System.Collections.Immutable;

namespace Jingwei.Server.Packs.Model;

/// <summary>What a version of a pack calls otherwise than the one before: stored things, readings and values follow.</summary>
/// <param name="To">The version that renames.</param>
/// <param name="Types">Thing types, the former id first.</param>
/// <param name="Properties">Properties, the former name first, by the type that declares them as it is called now.</param>
/// <param name="Indicators">Indicators, the former id first.</param>
public sealed record PackMigration(
    string To, ImmutableDictionary<string, string> Types, ImmutableArray<PropertyRename> Properties, ImmutableDictionary<string, string> Indicators);

/// <summary>A property of a type and of all that extend it.</summary>
public sealed record PropertyRename(string Type, string From, string To);
