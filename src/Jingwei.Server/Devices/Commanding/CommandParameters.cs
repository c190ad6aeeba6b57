using System.Text.Json;
using System.Text.Json.Nodes;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Devices.Commanding;

/// <summary>Checks values of parameters, or properties, against what a type declares.</summary>
internal static class CommandParameters
{
    /// <summary>What is wrong, a sentence for each; empty when nothing is. What is not given is left to the thing.</summary>
    public static IReadOnlyList<string> Faults(IReadOnlyList<Property> declared, JsonNode? given)
    {
        if (given is null)
        {
            return [];
        }

        if (given is not JsonObject parameters)
        {
            return ["parameters: an object by parameter."];
        }

        return [.. parameters.Select(each => Fault(declared.FirstOrDefault(known => known.Id == each.Key), each.Key, each.Value)).OfType<string>()];
    }

    private static string? Fault(Property? declared, string id, JsonNode? value) => (declared, value) switch
    {
        (null, _) => $"{id}: unknown.",
        (_, null) => null,
        ({ Kind: PropertyKind.Number }, _) => NumberFault(declared, value),
        ({ Kind: PropertyKind.Boolean }, _) => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? null : $"{id}: true or false.",
        ({ Kind: PropertyKind.Enumeration }, _) => TextOf(value) is { } text && declared.Values.Any(each => each.Id == text)
            ? null
            : $"{id}: one of {string.Join(", ", declared.Values.Select(each => each.Id))}.",
        ({ Kind: PropertyKind.Position }, _) => IsPosition(value) ? null : $"{id}: [longitude, latitude] in degrees.",
        _ => TextOf(value) is { } text && text.Length <= declared.MaxLength ? null : $"{id}: text of at most {declared.MaxLength} characters.",
    };

    private static string? NumberFault(Property declared, JsonNode value) =>
        value.GetValueKind() != JsonValueKind.Number || !double.IsFinite(value.GetValue<JsonElement>().GetDouble()) ? $"{declared.Id}: a number."
        : value.GetValue<JsonElement>().GetDouble() is var number && (number < declared.Min || number > declared.Max)
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{declared.Id}: from {declared.Min} to {declared.Max}{(declared.Unit is null ? "" : $" {declared.Unit}")}.")
        : null;

    private static bool IsPosition(JsonNode value) =>
        value is JsonArray { Count: 2 } pair && pair.All(each => each?.GetValueKind() == JsonValueKind.Number) &&
        Math.Abs(pair[0]!.GetValue<JsonElement>().GetDouble()) <= 180 && Math.Abs(pair[1]!.GetValue<JsonElement>().GetDouble()) <= 90;

    private static string? TextOf(JsonNode value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
