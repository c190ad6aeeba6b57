using System.Collections.Immutable;
using System.Text.Json;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Cases;

/// <summary>Takes what was filled in against what the case type declares.</summary>
internal static class CaseFields
{
    public static Refusal? Take(
        CaseType type, IReadOnlyDictionary<string, JsonElement> given, out ImmutableSortedDictionary<string, FieldValue?> taken)
    {
        taken = None;
        if (given.Count == 0)
        {
            return null;
        }

        var values = None.ToBuilder();
        var errors = ImmutableSortedDictionary.CreateBuilder<string, string[]>(StringComparer.Ordinal);
        foreach (var (id, value) in given)
        {
            var fault = "unknown field";
            if (type.Fields.FirstOrDefault(field => field.Id == id) is { } declared)
            {
                values[id] = FieldValue.Take(declared, value, out fault);
            }

            if (fault is not null)
            {
                errors[id] = [fault];
            }
        }

        taken = values.ToImmutable();
        return errors.Count == 0 ? null : CaseRefusals.FieldsInvalid(errors.ToImmutable());
    }

    /// <summary>What of it is not so already.</summary>
    public static ImmutableSortedDictionary<string, FieldValue?> Changes(
        Case state, ImmutableSortedDictionary<string, FieldValue?> given) =>
        given.IsEmpty ? given : given.RemoveRange(given.Where(field => Held(state, field.Key) == field.Value).Select(field => field.Key));

    public static Refusal? Missing(CaseTransition transition, Case state, ImmutableSortedDictionary<string, FieldValue?> changes)
    {
        if (transition.Requires.IsEmpty)
        {
            return null;
        }

        var missing = transition.Requires
            .Where(id => (changes.TryGetValue(id, out var value) ? value : Held(state, id)) is null)
            .ToList();
        return missing.Count == 0 ? null : CaseRefusals.FieldsMissing(missing);
    }

    private static ImmutableSortedDictionary<string, FieldValue?> None { get; } =
        ImmutableSortedDictionary.Create<string, FieldValue?>(StringComparer.Ordinal);

    private static FieldValue? Held(Case state, string field) => state.Fields.TryGetValue(field, out var value) ? value : null;
}
