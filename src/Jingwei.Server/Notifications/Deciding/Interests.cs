using System.Collections.Immutable;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Notifications.Deciding;

/// <summary>Checks what people say that they want to hear of.</summary>
internal static class Interests
{
    // More than any pack set has of each; a list is searched for every occurrence.
    private const int MaximumTypes = 100;

    /// <summary>What is wrong; null when nothing is.</summary>
    public static string? Fault(Interest interest) =>
        interest.Severities is { IsDefault: false } severities && severities.Contains(Band.Green) ? "severities are red, orange, yellow and blue."
        : interest.Types is { IsDefault: false, Length: > MaximumTypes } ? $"at most {MaximumTypes} types."
        : null;

    /// <summary>The same, with what was left out as empty.</summary>
    public static Interest Whole(Interest? interest) => interest is null ? new([], [], []) : new(Of(interest.Kinds), Of(interest.Severities), Of(interest.Types));

    private static ImmutableArray<T> Of<T>(ImmutableArray<T> given) => given.IsDefault ? [] : [.. given.Distinct()];
}
